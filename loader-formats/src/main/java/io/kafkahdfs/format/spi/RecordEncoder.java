package io.kafkahdfs.format.spi;

import io.kafkahdfs.client.KafkaRecord;
import java.io.Closeable;
import java.io.IOException;

/**
 * Writes records into one file. It buffers by itself: the stream below needs no buffer. Not for
 * several threads. Once {@link #write} has thrown anything else than an {@link
 * UnwritableRecordException}, the file is spoilt and may only be thrown away.
 */
public interface RecordEncoder extends Closeable {
  /**
   * Appends a record; nothing of it is kept.
   *
   * @throws UnwritableRecordException if the format cannot hold the record; nothing of it is
   *     written then, and the next one can be
   */
  void write(KafkaRecord record) throws IOException;

  /**
   * How many bytes the file has. While it is written this is an estimate from what is encoded
   * already, which may run behind by {@link Format#lagBytes}. After {@link #close} it is the file's
   * exact length. Cheap enough to be asked for each record.
   */
  long bytes();

  /**
   * Finishes the file and closes its stream, also if finishing fails. A second call does nothing.
   */
  @Override
  void close() throws IOException;
}
