package io.kafkahdfs.consumer.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkahdfs.state.AddedLater;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * All that a run was planned to do, saved before its job begins. Tasks and commit follow it to the
 * letter.
 *
 * @param run the run's id
 * @param number the number that its commit will have: one more than that of the commit that the
 *     plan was made from
 * @param user who started it
 * @param host where
 * @param started when, ISO 8601
 * @param bootstrapServers which cluster it asked
 * @param cluster which cluster it found there
 * @param load what it loads
 * @param mayEndEarly whether tasks may end their ranges before their end
 * @param mayFilter whether a user's mapper may leave records out
 * @param offsets which offsets are read
 * @param splits which task reads which of them
 * @param previous when the run of the commit that the plan was made from began, ISO 8601; null if
 *     there is none, or somebody made it by hand
 * @param maxBad how many bad records it may have; null for any number
 */
public record RunPlan(
    String run,
    long number,
    String user,
    String host,
    String started,
    List<String> bootstrapServers,
    ClusterIdentity cluster,
    LoadIdentity load,
    boolean mayEndEarly,
    boolean mayFilter,
    OffsetPlan offsets,
    List<PlannedSplit> splits,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) String previous,
    @AddedLater @JsonInclude(JsonInclude.Include.NON_NULL) BadLimit maxBad) {
  public RunPlan {
    bootstrapServers = List.copyOf(bootstrapServers);
    splits = List.copyOf(splits);
    StoredValue.time("previous", previous);
    if (number < 1) {
      throw new IllegalArgumentException("there is no commit " + number);
    }
  }

  /** The same to its end, of whose records only some are wanted. */
  public RunPlan ofSome(List<PlannedSplit> otherSplits) {
    return new RunPlan(
        run,
        number,
        user,
        host,
        started,
        bootstrapServers,
        cluster,
        load,
        false,
        true,
        offsets,
        otherSplits,
        previous,
        maxBad);
  }
}
