package io.kafkahdfs.consumer.commit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.state.AddedLater;

/**
 * How a commit follows on earlier ones.
 *
 * @param previous the SHA-256 of the file of the commit before it, 64 hexadecimal digits; null in
 *     the first commit
 * @param holding what the output holds after it; null where that could not be told, since a commit
 *     of an earlier form was damaged
 * @param nextFrom the number of an earlier commit whose next offsets hold for all partitions that
 *     this one does not name; null if it names all, as in all commits that {@link CommitStore} has
 *     read
 */
public record Ties(
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) String previous,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Holding holding,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) Long nextFrom) {
  public Ties {
    if (nextFrom != null && nextFrom < 1) {
      throw new IllegalArgumentException("There is no commit " + nextFrom);
    }
  }

  Ties complete() {
    return new Ties(previous, holding, null);
  }
}
