package io.kafkahdfs.producer.look;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.producer.plan.InputFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How old archive records are, as far as that is known without reading them all: from the first
 * record of each file. Archives are read in the order of their offsets, so that is mostly the
 * oldest one, but it need not be.
 *
 * @param looked at how many files
 * @param files how many there are
 * @param byTopic the oldest and the newest of those records, by the topic that they are sent to
 */
record ArchiveTimes(int looked, int files, Map<String, Span> byTopic) {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveTimes.class);

  /** To open a file takes some milliseconds. */
  private static final int MOST_FILES = 300;

  /**
   * Some records' times.
   *
   * @param oldestIn the file that has the oldest one
   */
  record Span(Instant oldest, String oldestIn, Instant newest, String newestIn) {
    private Span plus(Instant time, String file) {
      return new Span(
          time.isBefore(oldest) ? time : oldest,
          time.isBefore(oldest) ? file : oldestIn,
          time.isAfter(newest) ? time : newest,
          time.isAfter(newest) ? file : newestIn);
    }
  }

  /**
   * @param input in the order in which it is planned
   * @param target what the topic that a record came from is called where it is sent to
   */
  static ArchiveTimes of(
      Collection<InputFile> input, FormatReader reader, UnaryOperator<String> target) {
    List<InputFile> files = input.stream().filter(file -> file.length() > 0).toList();
    int looked = Math.min(MOST_FILES, files.size());
    Map<String, Span> spans = new TreeMap<>();
    for (InputFile file : files.subList(0, looked)) {
      try {
        reader
            .firstLoaded(new Path(file.path()))
            .filter(record -> record.timestamp() != KafkaRecord.NO_TIMESTAMP)
            .ifPresent(
                record -> {
                  Instant time = Instant.ofEpochMilli(record.timestamp());
                  spans.merge(
                      target.apply(record.partition().topic()),
                      new Span(time, file.path(), time, file.path()),
                      (span, next) -> span.plus(time, file.path()));
                });
      } catch (IOException | RuntimeException e) {
        // The task that reads it will say what is wrong with it.
        LOG.info("Not looked at for its timestamps: {}", file.path(), e);
      }
    }
    return new ArchiveTimes(looked, files.size(), spans);
  }

  /** What was looked at, in words. */
  String scope() {
    return looked == files
        ? "the first record of each file was looked at"
        : "the first record of " + looked + " of " + files + " files was looked at";
  }
}
