package io.kafkahdfs.benchmarks;

import java.util.List;

/**
 * A load that is measured.
 *
 * @param name for the table
 * @param options beside those that say from where to where
 */
record Job(String name, List<String> options) {
  static final List<Job> ALL =
      List.of(
          of("text", "none"),
          of("avro", "none"),
          of("avro", "snappy"),
          of("json", "none"),
          of("parquet", "zstandard"),
          of("parquet", "snappy"),
          of("orc", "zstandard"));

  /** The archive record in a format. */
  static Job of(String format, String codec) {
    String name = codec.equals("none") ? format : format + " " + codec;
    return new Job(name, List.of("--format", format, "--codec", codec));
  }
}
