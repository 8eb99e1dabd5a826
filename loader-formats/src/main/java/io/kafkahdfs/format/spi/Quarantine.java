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
  static final String MARK = "kafkahdfs.quarantine";

  private static final String PREFIX = "kafka-to-hdfs.";
  public static final String REASON = PREFIX + "reason";
  public static final String EXCEPTION = PREFIX + "exception";
  public static final String RUN = PREFIX + "run";
  public static final String COMMIT = PREFIX + "commit";

  /** In the place of records that could not be read: "17-20" are the offsets of all of them. */
  public static final String OFFSETS = PREFIX + "offsets";

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

  /** A header of text. */
  public static RecordHeader header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }
}
