package io.kafkahdfs.format.spi;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A format of files: how it is written and read, and all that the commands say of it. A new one is
 * a package that implements this, and a line in {@link io.kafkahdfs.format.FileFormat}.
 */
public interface Format {
  /** The codecs that its files can be written with; the first is the default. */
  List<Codec> codecs();

  /**
   * The end of its file names, from the first dot on, as Hadoop's tools expect it: {@code .avro},
   * {@code .txt.gz}.
   *
   * @param codec one of {@link #codecs}
   */
  String extension(Codec codec);

  /** What is written, for the help of a setting: a clause or two, without a full stop. */
  String written();

  /** What is read, for the help of a setting: a clause or two, without a full stop. */
  String read();

  /**
   * Whether its files tell topic, partition, offset and timestamp of each record that was loaded,
   * so that records can be sent back to where they came from, and several partitions can share a
   * file.
   */
  boolean keepsOrigin();

  /** Whether reading a file gives exactly the records that were written. Else it may give more. */
  boolean keepsCount();

  /** The options that mean something to it. */
  Set<FormatOption> options();

  /**
   * How many bytes {@link RecordEncoder#bytes} may run behind the records that it was given, unless
   * a single record is larger: what an open file may hold back.
   *
   * @param configuration may have settings of the format's library
   */
  long lagBytes(Configuration configuration);

  /** How it holds rows that have columns; empty if it does not. */
  default Optional<RowFormat> rows() {
    return Optional.empty();
  }

  /**
   * Starts a file.
   *
   * @param file where it goes
   * @param provenance whose records it will hold
   */
  RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException;

  /** Reads files with these options. */
  FormatReader reader(ReadOptions options, Configuration configuration);

  /** Makes one file of several. */
  FileJoin join();
}
