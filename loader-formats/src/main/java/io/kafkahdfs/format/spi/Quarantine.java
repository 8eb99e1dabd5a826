package io.kafkahdfs.format.spi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkahdfs.client.RecordHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * How records that are bad are put aside: as archive records, whose last headers say why. Such a
 * file says of itself that it is one, so that these headers are told from those that a record came
 * with, whatever their names.
 */
public final class Quarantine {
  /** The folder below the output root; its name hides it from readers of the data. */
  public static final String FOLDER = "_quarantine";

  /** Where a file says of itself that it is one. */
  public static final String MARK = "kafkahdfs.quarantine";

  private static final String PREFIX = "kafka-to-hdfs.";
  public static final String REASON = PREFIX + "reason";
  public static final String EXCEPTION = PREFIX + "exception";
  public static final String RUN = PREFIX + "run";
  public static final String COMMIT = PREFIX + "commit";

  /** In the place of records that could not be read: "17-20" are the offsets of all of them. */
  public static final String OFFSETS = PREFIX + "offsets";

  /** Behind the headers that a record came with, in this order. */
  private static final List<String> ADDED = List.of(REASON, EXCEPTION, RUN, COMMIT);

  private Quarantine() {}

  /** Whether a path below the output root is one of the quarantine. */
  public static boolean holds(String path) {
    return path.startsWith(FOLDER + "/");
  }

  /** The headers of a record with those that are added to it behind. */
  public static List<RecordHeader> with(List<RecordHeader> own, List<RecordHeader> added) {
    List<RecordHeader> all = new ArrayList<>(own.size() + added.size());
    all.addAll(own);
    all.addAll(added);
    return all;
  }

  /**
   * The headers that a record of a quarantine came with.
   *
   * @throws BadRecordException if it is no record, but stands for some that could not be read
   */
  public static List<RecordHeader> original(List<RecordHeader> all) throws BadRecordException {
    int own = all.size() - ADDED.size();
    for (int i = 0; own >= 0 && i < ADDED.size(); i++) {
      if (!all.get(own + i).key().equals(ADDED.get(i))) {
        RecordHeader last = all.get(all.size() - 1);
        throw new BadRecordException(
            last.key().equals(OFFSETS) && last.value() != null
                ? "is none that could be sent: it stands for the offsets "
                    + new String(last.value(), UTF_8)
                    + ", which could not be read"
                : "has not the headers of one that was put aside");
      }
    }
    if (own < 0) {
      throw new BadRecordException("has not the headers of one that was put aside");
    }
    return List.copyOf(all.subList(0, own));
  }

  /** A header of text. */
  public static RecordHeader header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
