package io.kafkahdfs.legacy.read;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.offset.PartitionId;
import java.nio.ByteBuffer;
import java.util.List;

/** Messages that {@link MessageSetParser} checked, walked where they lie. */
final class LegacyRecordBatch implements RecordBatch {
  private final PartitionId partition;
  private final List<Chunk> chunks;
  private final long nextOffset;
  private int nextChunk;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int position;
  private int end;

  /**
   * A row of uncompressed messages, one behind the other.
   *
   * @param array what holds them
   * @param from where the first one begins
   * @param until where the last one ends
   */
  record Chunk(byte[] array, int from, int until) {}

  LegacyRecordBatch(PartitionId partition, List<Chunk> chunks, long nextOffset) {
    this.partition = partition;
    this.chunks = chunks;
    this.nextOffset = nextOffset;
  }

  @Override
  public boolean next(KafkaRecord into) {
    while (position == end) {
      if (nextChunk == chunks.size()) {
        return false;
      }
      Chunk chunk = chunks.get(nextChunk++);
      buffer = ByteBuffer.wrap(chunk.array());
      position = chunk.from();
      end = chunk.until();
    }
    into.setPosition(partition, buffer.getLong(position));
    into.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);
    into.setHeaders(List.of());
    int key = position + MessageLayout.KEY;
    int value = show(key, into.key());
    position = show(value, into.value());
    return true;
  }

  /** Points a view to the bytes whose length stands at an index; returns where they end. */
  private int show(int index, ByteView view) {
    int length = buffer.getInt(index);
    int start = index + Integer.BYTES;
    if (length < 0) {
      view.setNull();
      return start;
    }
    view.set(buffer.array(), start, length);
    return start + length;
  }

  @Override
  public long nextOffset() {
    return nextOffset;
  }
}
