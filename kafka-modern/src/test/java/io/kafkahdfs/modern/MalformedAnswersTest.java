package io.kafkahdfs.modern;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordBatch;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What brokers may answer to fetches instead of what Kafka's protocol says. */
class MalformedAnswersTest {
  private static final PartitionId PARTITION = new PartitionId(NonsenseBroker.TOPIC, 0);
  private static final ReadSettings READING = new ReadSettings(1 << 16, 1 << 20, 1);
  private static final int SETS = 6;
  private static final int RECORDS_OF_SET = 5;
  private static final long END = SETS * RECORDS_OF_SET;

  /** Where a set of today's form has its checksum, and what that is of begins. */
  private static final int CHECKSUM_AT = 17;

  private static final int CHECKED_AT = 21;

  private NonsenseBroker broker;

  @BeforeEach
  void start() throws IOException {
    broker = new NonsenseBroker(END);
  }

  @AfterEach
  void stop() throws IOException {
    broker.close();
  }

  @Test
  void soundRecords() throws IOException {
    broker.serve(offset -> from(offset, sets(new Random(1))), response -> response);
    assertThat(read(Duration.ofSeconds(60))).isEqualTo(END);
  }

  /** As a disk spoils them: what damage there is, is found set by set. */
  @Test
  void damagedSets() {
    Cases.run(
        40,
        random -> {
          List<byte[]> sets = sets(random);
          int damaged = random.nextInt(SETS);
          byte[] set = sets.get(damaged);
          set[CHECKED_AT + random.nextInt(set.length - CHECKED_AT)] ^=
              (byte) (1 + random.nextInt(255));
          broker.serve(offset -> from(offset, sets), response -> response);
          require(read(Duration.ofSeconds(60)) == END - RECORDS_OF_SET, null);
        });
  }

  @Test
  void setsThatWereMadeWrongAndHaveRightChecksums() {
    Cases.run(
        60,
        random -> {
          List<byte[]> sets = sets(random);
          int damaged = random.nextInt(SETS);
          sets.set(damaged, madeWrong(sets.get(damaged), random));
          broker.serve(offset -> from(offset, sets), response -> response);
          readOrSay(Duration.ofSeconds(1));
        });
  }

  @Test
  void spoiledAnswers() {
    Cases.run(
        60,
        random -> {
          List<byte[]> sets = sets(random);
          broker.serve(offset -> from(offset, sets), response -> spoil(response, random));
          readOrSay(Duration.ofMillis(300));
        });
  }

  private void readOrSay(Duration timeout) throws IOException {
    try {
      read(timeout);
    } catch (LoaderException e) {
      String message = e.getMessage();
      require(message.contains("127.0.0.1:") || message.contains(PARTITION.toString()), e);
    }
  }

  /** Reads all as a load with {@code --on-bad skip} would; how many records there were. */
  private long read(Duration timeout) throws IOException {
    long records = 0;
    long position = 0;
    ClusterSettings settings = new ClusterSettings(List.of(broker.address()), timeout, Map.of());
    KafkaRecord record = new KafkaRecord();
    try (KafkaCluster cluster = KafkaClusters.reconnect(settings, Generation.MODERN)) {
      while (position < END) {
        OffsetRange range = new OffsetRange(PARTITION, position, END);
        try (RangeReader reader = cluster.read(range, READING)) {
          for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
            while (batch.next(record)) {
              require(record.offset() >= position && record.offset() < END, null);
              require(record.key().length() + record.value().length() >= 0, null);
              records++;
            }
            require(batch.nextOffset() > position, null);
            position = batch.nextOffset();
          }
        } catch (DamagedRecordException e) {
          require(e.damaged().from() == position && !e.damaged().isEmpty(), e);
          require(e.damaged().until() <= END, e);
          position = e.damaged().until();
        }
      }
    }
    return records;
  }

  private static List<byte[]> sets(Random random) {
    List<byte[]> sets = new ArrayList<>();
    for (int i = 0; i < SETS; i++) {
      SimpleRecord[] records = new SimpleRecord[RECORDS_OF_SET];
      for (int j = 0; j < RECORDS_OF_SET; j++) {
        byte[] value = ("value " + i + " " + j).getBytes(StandardCharsets.UTF_8);
        records[j] = new SimpleRecord(1000L + j, new byte[] {'k'}, value);
      }
      CompressionType type = CompressionType.values()[random.nextInt(5)];
      ByteBuffer set =
          MemoryRecords.withRecords(
                  (long) i * RECORDS_OF_SET, Compression.of(type).build(), records)
              .buffer();
      byte[] bytes = new byte[set.remaining()];
      set.get(bytes);
      sets.add(bytes);
    }
    return sets;
  }

  private static byte[] from(long offset, List<byte[]> sets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = (int) offset / RECORDS_OF_SET; i < sets.size(); i++) {
      bytes.writeBytes(sets.get(i));
    }
    return bytes.toByteArray();
  }

  private static byte[] madeWrong(byte[] set, Random random) {
    byte[] head = Arrays.copyOf(set, CHECKED_AT);
    byte[] body = new Spoiler(random).spoil(Arrays.copyOfRange(set, CHECKED_AT, set.length));
    ByteBuffer wrong = ByteBuffer.allocate(CHECKED_AT + body.length).put(head).put(body);
    CRC32C checksum = new CRC32C();
    checksum.update(body, 0, body.length);
    wrong.putInt(CHECKSUM_AT, (int) checksum.getValue());
    // Behind the first offset, the length of what follows it.
    wrong.putInt(Long.BYTES, wrong.capacity() - Long.BYTES - Integer.BYTES);
    return wrong.array();
  }

  private static byte[] spoil(byte[] response, Random random) {
    Spoiler spoiler = new Spoiler(random);
    return switch (random.nextInt(10)) {
      case 0 -> answer(spoiler.bytes(100));
      case 1, 2, 3 -> answer(spoiler.spoil(Arrays.copyOfRange(response, 4, response.length)));
      default -> response;
    };
  }

  /** With a length that fits: the client makes room for whatever it says. */
  private static byte[] answer(byte[] body) {
    return ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
