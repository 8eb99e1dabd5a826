package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import java.util.List;

/** Which records share a file, and where files stand. The same for all tasks of a run. */
public interface Layout {
  /**
   * The lane of a record.
   *
   * @param last that of the record before, or null: returned again if it is the same one, so that
   *     most records make no object
   */
  Lane lane(KafkaRecord record, Lane last);

  /**
   * The path of a file below the output root. No two files that stand at the same time have the
   * same one, as long as no offset of a partition stands in two of them.
   *
   * @param parts what is in it, at least one
   * @param extension the end of its name, with its first dot
   */
  String path(Lane lane, List<FilePart> parts, String extension);

  /**
   * The name of a file while it is written, when what will be in it is not known yet.
   *
   * @param number different for each file of an attempt, from 0 on
   */
  String stagedName(Lane lane, int number, String extension);
}
