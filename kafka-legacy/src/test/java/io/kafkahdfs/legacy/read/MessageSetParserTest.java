package io.kafkahdfs.legacy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sets are made by Kafka's own class. */
class MessageSetParserTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);
  private static final long READABLE_END = 1000;

  /** What each batch handed on: its records' offsets and values, and its next offset. */
  private final List<String> handedOn = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void takesWhatTheRangeHolds(CompressionType codec) throws Exception {
    MessageSetParser parser = parser(12, 17);
    assertThat(parser.parse(ByteBuffer.wrap(set(codec, 10, 20)), READABLE_END, this::handOn))
        .isZero();
    assertThat(handedOn).containsExactly("12=v12 13=v13 14=v14 15=v15 16=v16 >17");
    assertThat(parser.position()).isEqualTo(17);
  }

  @Test
  void readsWhereTheBufferSays() throws Exception {
    byte[] set = set(CompressionType.NONE, 0, 2);
    byte[] within = new byte[set.length + 20];
    System.arraycopy(set, 0, within, 7, set.length);
    parser(0, 2).parse(ByteBuffer.wrap(within, 7, set.length).slice(), READABLE_END, this::handOn);
    assertThat(handedOn).containsExactly("0=v0 1=v1 >2");
  }

  @Test
  void leavesWhatIsCutOff() throws Exception {
    byte[] set = set(CompressionType.NONE, 0, 3);
    MessageSetParser parser = parser(0, 3);
    assertThat(parser.parse(ByteBuffer.wrap(set, 0, set.length - 1), READABLE_END, this::handOn))
        .isZero();
    assertThat(handedOn).containsExactly("0=v0 1=v1 >2");
  }

  @Test
  void saysHowMuchTheFirstMessageNeeds() throws Exception {
    byte[] set = set(CompressionType.NONE, 0, 1);
    MessageSetParser parser = parser(0, 3);
    assertThat(parser.parse(ByteBuffer.wrap(set, 0, set.length - 1), READABLE_END, this::handOn))
        .isEqualTo(set.length);
    assertThat(parser.parse(ByteBuffer.wrap(set, 0, 5), READABLE_END, this::handOn)).isEqualTo(6);
    assertThat(parser.parse(ByteBuffer.wrap(set, 0, 0), READABLE_END, this::handOn)).isEqualTo(1);
    assertThat(handedOn).isEmpty();
  }

  @Test
  void stepsOverGapsAlsoAtTheEnd() throws Exception {
    MessageSetParser parser = parser(0, 20);
    byte[] set =
        joined(
            set(CompressionType.NONE, 5, 6),
            set(CompressionType.GZIP, 9, 10),
            set(CompressionType.NONE, 30, 31));
    parser.parse(ByteBuffer.wrap(set), READABLE_END, this::handOn);
    assertThat(handedOn).containsExactly("5=v5 9=v9 >20");
  }

  @Test
  void endsWithinACompressedSetThatLeavesAGap() throws Exception {
    MessageSetParser parser = parser(3, 8);
    parser.parse(ByteBuffer.wrap(set(CompressionType.SNAPPY, 9, 12)), READABLE_END, this::handOn);
    assertThat(handedOn).containsExactly(">8");
  }

  @Test
  void handsOnInPieces() throws Exception {
    MessageSetParser parser =
        new MessageSetParser(new OffsetRange(PARTITION, 0, 3), new ReadSettings(1, 1 << 20, 1));
    parser.parse(ByteBuffer.wrap(set(CompressionType.NONE, 0, 3)), READABLE_END, this::handOn);
    assertThat(handedOn).containsExactly("0=v0 >1", "1=v1 >2", "2=v2 >3");
  }

  @Test
  void findsOneFlippedBitWhereverItIsCovered() throws Exception {
    byte[] before = set(CompressionType.NONE, 0, 2);
    byte[] message = set(CompressionType.NONE, 2, 3);
    byte[] after = set(CompressionType.NONE, 3, 4);
    for (int at = 12; at < message.length; at++) {
      byte[] set = joined(before, message, after);
      set[before.length + at] ^= 0x04;
      handedOn.clear();
      assertThat(damaged(parser(0, 4), set, READABLE_END))
          .as("byte %d", at)
          .isEqualTo(new OffsetRange(PARTITION, 2, 3));
      assertThat(handedOn).containsExactly("0=v0 1=v1 >2");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "SNAPPY", "LZ4"})
  void leavesOutOnlyTheDamagedSet(CompressionType codec) {
    byte[] set = joined(set(CompressionType.NONE, 0, 2), set(codec, 5, 9));
    set[set.length - 1] ^= 1;
    assertThat(damaged(parser(0, 20), set, READABLE_END))
        .isEqualTo(new OffsetRange(PARTITION, 2, 9));
    assertThat(handedOn).containsExactly("0=v0 1=v1 >2");
    handedOn.clear();
    assertThat(damaged(parser(7, 8), set, READABLE_END))
        .isEqualTo(new OffsetRange(PARTITION, 7, 8));
    assertThat(handedOn).isEmpty();
  }

  @Test
  void deliversTheGapBeforeADamagedMessage() {
    byte[] set = set(CompressionType.NONE, 5, 6);
    set[set.length - 1] ^= 1;
    assertThat(damaged(parser(0, 20), set, READABLE_END))
        .isEqualTo(new OffsetRange(PARTITION, 5, 6));
    assertThat(handedOn).containsExactly(">5");
  }

  @Test
  void takesNoOffsetBeyondTheEndForAGap() {
    byte[] set = set(CompressionType.NONE, 5, 6);
    assertThat(damaged(parser(0, 20), set, 5)).isEqualTo(new OffsetRange(PARTITION, 0, 1));
  }

  @Test
  void takesNoOffsetThatGoesBack() {
    byte[] set = joined(set(CompressionType.NONE, 5, 6), set(CompressionType.NONE, 3, 4));
    assertThat(damaged(parser(0, 20), set, READABLE_END))
        .isEqualTo(new OffsetRange(PARTITION, 6, 7));
  }

  @Test
  void takesNoImpossibleSize() {
    byte[] set = set(CompressionType.NONE, 0, 1);
    ByteBuffer.wrap(set).putInt(8, 13);
    assertThat(damaged(parser(0, 20), set, READABLE_END))
        .isEqualTo(new OffsetRange(PARTITION, 0, 1));
  }

  @Test
  void tellsNullFromEmpty() throws Exception {
    MemoryRecords records =
        MemoryRecords.emptyRecords(ByteBuffer.allocate(1000), CompressionType.NONE);
    records.append(0, null, new byte[0]);
    records.append(1, new byte[0], null);
    records.close();
    List<String> nulls = new ArrayList<>();
    parser(0, 2)
        .parse(
            records.buffer(),
            READABLE_END,
            batch -> {
              KafkaRecord record = new KafkaRecord();
              while (batch.next(record)) {
                nulls.add(record.key().isNull() + " " + record.value().isNull());
              }
            });
    assertThat(nulls).containsExactly("true false", "false true");
  }

  private OffsetRange damaged(MessageSetParser parser, byte[] set, long readableEnd) {
    DamagedRecordException exception =
        catchThrowableOfType(
            DamagedRecordException.class,
            () -> parser.parse(ByteBuffer.wrap(set), readableEnd, this::handOn));
    assertThat(exception).isNotNull();
    return exception.damaged();
  }

  private void handOn(LegacyRecordBatch batch) {
    StringBuilder text = new StringBuilder();
    KafkaRecord record = new KafkaRecord();
    while (batch.next(record)) {
      assertThat(record.partition()).isEqualTo(PARTITION);
      assertThat(record.key().toString()).isEqualTo("k" + record.offset());
      text.append(record.offset()).append('=').append(record.value()).append(' ');
    }
    handedOn.add(text.append('>').append(batch.nextOffset()).toString());
  }

  private static MessageSetParser parser(long from, long until) {
    return new MessageSetParser(
        new OffsetRange(PARTITION, from, until), new ReadSettings(1 << 20, 1 << 20, 1));
  }

  private static byte[] set(CompressionType codec, int from, int until) {
    MemoryRecords records = MemoryRecords.emptyRecords(ByteBuffer.allocate(10_000), codec);
    for (int i = from; i < until; i++) {
      records.append(i, utf8("k" + i), utf8("v" + i));
    }
    records.close();
    ByteBuffer buffer = records.buffer();
    if (codec != CompressionType.NONE) {
      // The producer counts from 0 and leaves the rest to the broker; here the offset is the last.
      buffer.putLong(0, until - 1);
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... sets) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] set : sets) {
      joined.writeBytes(set);
    }
    return joined.toByteArray();
  }
}
