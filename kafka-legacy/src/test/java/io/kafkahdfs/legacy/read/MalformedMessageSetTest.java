package io.kafkahdfs.legacy.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.junit.jupiter.api.Test;

/** What brokers of the first protocol may send instead of message sets. */
class MalformedMessageSetTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);
  private static final long FROM = 100;
  private static final long UNTIL = 160;
  private static final long READABLE_END = 170;
  private static final ReadSettings SETTINGS = new ReadSettings(1000, 1 << 20, 1);

  /** Messages of each codec, one set after the other. */
  private static final byte[] SAMPLE = sample();

  @Test
  void damagedSets() {
    Cases.run(40_000, random -> read(new Spoiler(random).spoil(SAMPLE)));
  }

  @Test
  void setsThatWereMadeWrongAndHaveRightChecksums() {
    Cases.run(40_000, random -> read(withRightChecksums(new Spoiler(random).spoil(SAMPLE))));
  }

  @Test
  void compressedSetsThatWereMadeWrong() {
    Cases.run(30_000, random -> read(wrapped(random)));
  }

  @Test
  void randomBytes() {
    Cases.run(20_000, random -> read(new Spoiler(random).bytes(400)));
  }

  @Test
  void aSnappyChunkThatClaimsGigabytes() {
    byte[] claims = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0, 0, 0};
    byte[] header = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1};
    ByteBuffer stream = ByteBuffer.allocate(64).put(header).putInt(0x1fffffff).put(claims);
    ByteBuffer framed = ByteBuffer.allocate(64).put(header).putInt(claims.length).put(claims);
    for (byte[] value : new byte[][] {claims, stream.array(), framed.array()}) {
      Cases.run(
          1,
          random ->
              assertThatThrownBy(() -> parse(message(105, 2, value), parser()))
                  .isInstanceOf(DamagedRecordException.class)
                  .hasMessageContaining("events-3 [100, 106)")
                  .hasMessageContaining("Snappy chunk"));
    }
  }

  @Test
  void aSetThatUnpacksToMuchMoreThanIsAllowed() {
    byte[] bomb = gzip(new byte[20 << 20]);
    Cases.run(
        1,
        random ->
            assertThatThrownBy(() -> parse(message(105, 1, bomb), parser()))
                .isExactlyInstanceOf(LoaderException.class)
                .hasMessageContaining("The compressed set at offset 105 of events-3")
                .hasMessageContaining("load.max.fetch.bytes"));
  }

  /** Reads a set as a load with {@code --on-bad skip} would, to its end. */
  private static void read(byte[] set) throws Exception {
    long position = FROM;
    while (position < UNTIL) {
      MessageSetParser parser =
          new MessageSetParser(new OffsetRange(PARTITION, position, UNTIL), SETTINGS);
      try {
        int missing = parse(set, parser);
        require(missing > 0 == (parser.position() == position), "no progress is told");
        return;
      } catch (DamagedRecordException e) {
        OffsetRange damaged = e.damaged();
        require(e.getMessage().contains("events-3 ["), e.getMessage());
        require(damaged.from() == parser.position(), "it begins where reading ended");
        require(damaged.from() >= position && damaged.until() <= UNTIL, "it is within the range");
        require(!damaged.isEmpty(), "reading gets on");
        position = damaged.until();
      } catch (LoaderException e) {
        require(
            e.getMessage().matches("The compressed set .* events-3 unpacks .*"), e.getMessage());
        return;
      }
    }
  }

  private static int parse(byte[] set, MessageSetParser parser) throws Exception {
    long[] next = {parser.position()};
    KafkaRecord record = new KafkaRecord();
    return parser.parse(
        ByteBuffer.wrap(set),
        READABLE_END,
        batch -> {
          long least = next[0];
          while (batch.next(record)) {
            require(record.offset() >= least, "offsets rise");
            require(record.key().length() + record.value().length() >= 0, "they can be read");
            least = record.offset() + 1;
          }
          require(batch.nextOffset() >= least && batch.nextOffset() > next[0], "batches follow");
          require(batch.nextOffset() <= UNTIL, "they end with the range");
          next[0] = batch.nextOffset();
        });
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("It should hold: " + what);
    }
  }

  private static MessageSetParser parser() {
    return new MessageSetParser(new OffsetRange(PARTITION, FROM, UNTIL), SETTINGS);
  }

  /** A set whose row of messages was spoiled before, or after, it was compressed. */
  private static byte[] wrapped(Random random) {
    Spoiler spoiler = new Spoiler(random);
    byte[] row = withRightChecksums(plain(110, 118));
    byte[] value;
    int codec = 1 + random.nextInt(3);
    if (random.nextBoolean()) {
      codec = 1;
      value = gzip(spoiler.spoil(row));
    } else {
      CompressionType type = CompressionType.forId(codec);
      byte[] set = set(type, 110, 118);
      int header = MessageLayout.KEY + 8;
      value = spoiler.spoil(java.util.Arrays.copyOfRange(set, header, set.length));
    }
    return message(117, codec, value);
  }

  private static byte[] message(long offset, int codec, byte[] value) {
    ByteBuffer message = ByteBuffer.allocate(MessageLayout.KEY + 8 + value.length);
    message.putLong(offset).putInt(message.capacity() - 12).putInt(0);
    message.put((byte) 0).put((byte) codec).putInt(-1).putInt(value.length).put(value);
    return withRightChecksums(message.array());
  }

  private static byte[] withRightChecksums(byte[] set) {
    ByteBuffer buffer = ByteBuffer.wrap(set);
    int at = 0;
    while (set.length - at >= 26) {
      int size = buffer.getInt(at + 8);
      if (size < 14 || size > set.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(set, at + 16, size - 4);
      buffer.putInt(at + 12, (int) crc.getValue());
      at += 12 + size;
    }
    return set;
  }

  private static byte[] sample() {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.writeBytes(set(CompressionType.GZIP, 98, 104));
    sample.writeBytes(plain(104, 108));
    sample.writeBytes(set(CompressionType.SNAPPY, 110, 118));
    sample.writeBytes(plain(118, 120));
    sample.writeBytes(set(CompressionType.LZ4, 121, 130));
    sample.writeBytes(plain(159, 162));
    return sample.toByteArray();
  }

  private static byte[] plain(int from, int until) {
    return set(CompressionType.NONE, from, until);
  }

  private static byte[] set(CompressionType codec, int from, int until) {
    MemoryRecords records = MemoryRecords.emptyRecords(ByteBuffer.allocate(10_000), codec);
    for (int i = from; i < until; i++) {
      byte[] value = ("value " + i).getBytes(StandardCharsets.UTF_8);
      records.append(i, i % 3 == 0 ? null : new byte[] {'k'}, i % 4 == 0 ? null : value);
    }
    records.close();
    ByteBuffer buffer = records.buffer();
    if (codec != CompressionType.NONE) {
      buffer.putLong(0, until - 1);
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
