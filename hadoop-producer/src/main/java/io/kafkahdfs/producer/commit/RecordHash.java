package io.kafkahdfs.producer.commit;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A number of 64 bits for what a record holds: key, value and headers, of two CRCs. Where it stands
 * and its timestamp do not matter. Used by one thread.
 */
public final class RecordHash {
  private static final int NULL = -1;

  private final boolean withHeaders;
  private final CRC32C one = new CRC32C();
  private final CRC32 other = new CRC32();
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  /**
   * @param withHeaders whether headers count; not where brokers do not keep them
   */
  public RecordHash(boolean withHeaders) {
    this.withHeaders = withHeaders;
  }

  public long of(KafkaRecord record) {
    one.reset();
    other.reset();
    add(record.key());
    add(record.value());
    if (withHeaders) {
      for (RecordHeader header : record.headers()) {
        add(header.key().getBytes(StandardCharsets.UTF_8));
        add(header.value());
      }
    }
    return mix(one.getValue() << Integer.SIZE | other.getValue());
  }

  private void add(ByteView view) {
    add(view.isNull() ? null : view.array(), view.offset(), view.length());
  }

  private void add(byte[] bytes) {
    add(bytes, 0, bytes == null ? 0 : bytes.length);
  }

  private void add(byte[] array, int offset, int count) {
    length.putInt(0, array == null ? NULL : count);
    one.update(length.array(), 0, Integer.BYTES);
    other.update(length.array(), 0, Integer.BYTES);
    if (array != null) {
      one.update(array, offset, count);
      other.update(array, offset, count);
    }
  }

  /** CRCs are linear: without this, sums of them would hide some differences. */
  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
    mixed *= 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 32;
  }
}
