package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a topic refuses, or does not keep, is told before records are sent, and of each by name. */
class TargetLookIT extends ExportFixture {
  private static final long NOW = System.currentTimeMillis();
  private static final long MONTH_AGO = NOW - Duration.ofDays(30).toMillis();

  @BeforeEach
  void useToday() throws Exception {
    use(KafkaVersion.V4_4);
  }

  private void useTopic(Map<String, String> config) throws Exception {
    topic = Servers.newTopic("ruled");
    kafka().tools().createTopic(topic, 1, 1, config);
  }

  @Test
  void recordsThatTheTopicSoonDeletesAreToldBeforeAndAfter() throws Exception {
    useTopic(Map.of("retention.ms", "604800000"));
    archive("old.avro", MONTH_AGO, NOW);
    InProcess.Result planned = exportAll("plan", "--input", input.toString(), "--topic", topic);
    assertThat(planned.err()).contains("WARNING", topic, "retention.ms=604800000");

    InProcess.Result result = export();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("WARNING", topic, "7 days", "retention.ms=604800000", "old.avro")
        .contains(Instant.ofEpochMilli(MONTH_AGO).toString(), "--timestamps now")
        .contains("the first record of each file was looked at")
        .contains("1 records that were sent are older than retention.ms");
  }

  @Test
  void timestampsCanBeLeftOut() throws Exception {
    useTopic(Map.of("retention.ms", "604800000"));
    archive("old.avro", MONTH_AGO, NOW);
    InProcess.Result result = export("--timestamps", "now");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("retention.ms");
    assertThat(sent(topic)).hasSize(2).allMatch(sent -> sent.timestamp() >= NOW);
  }

  @Test
  void recordsThatTheTopicTakesNoMoreAreRefusedBeforeAnyIsSent() throws Exception {
    useTopic(Map.of("message.timestamp.before.max.ms", "86400000"));
    archive("old.avro", MONTH_AGO, NOW);
    InProcess.Result result = export("--export-id", "strict");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            topic, "message.timestamp.before.max.ms=86400000", "old.avro", "--timestamps now");
    assertThat(values(topic)).isEmpty();
    // What is advised works under the same id.
    assertThat(export("--export-id", "strict", "--timestamps", "now").exitCode()).isZero();
    assertThat(values(topic)).hasSize(2);
  }

  @Test
  void anOldRecordThatWasNotSeenBeforeIsNamedWhenItIsSent() throws Exception {
    useTopic(Map.of("message.timestamp.before.max.ms", "86400000"));
    archive("mixed.avro", NOW, NOW, MONTH_AGO, NOW);
    InProcess.Result result = export();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("mixed.avro, record 3", String.valueOf(MONTH_AGO), "--timestamps now");
  }

  @Test
  void aTopicThatKeepsTheTimeOfArrivalIsTold() throws Exception {
    useTopic(Map.of("message.timestamp.type", "LogAppendTime"));
    archive("a.avro", NOW);
    InProcess.Result result = export();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(topic, "message.timestamp.type=LogAppendTime");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void aLargeRecordIsNamedAlsoIfASmallOneFollows(KafkaVersion kafka) throws Exception {
    use(kafka);
    useTopic(Map.of("max.message.bytes", "1000000"));
    write("large.txt", "first\n" + "x".repeat(2_000_000) + "\ny\n");
    InProcess.Result result = export("--format", "text", "--timeout", "20s");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains("large.txt, record 2", "2000000 bytes", topic, "max.message.bytes");
  }

  @Test
  void batchesAreNoLargerThanTheTopicTakes() throws Exception {
    useTopic(Map.of("max.message.bytes", "20000"));
    write("lines.txt", text(lines("a line of some bytes, number ", 0, 5000)));
    InProcess.Result refused = export("--format", "text", "--batch-bytes", "30000");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--batch-bytes 30000", topic, "max.message.bytes=20000");

    InProcess.Result result = export("--format", "text", "--timeout", "20s");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("no more than 20000 bytes", topic);
    assertThat(values(topic)).hasSize(5000);
  }

  @Test
  void aTopicThatCannotTakeAnythingIsRefused() throws Exception {
    useTopic(Map.of("min.insync.replicas", "2"));
    write("a.txt", "a\n");
    InProcess.Result result = export("--format", "text");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(topic, "min.insync.replicas=2", "1 replicas");
  }

  @Test
  void aRecordFromBefore1970IsNamedOrCountedAsBadOrSentWithoutItsTime() throws Exception {
    archive("ancient.avro", NOW, -5, NOW);
    InProcess.Result result = export();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("ancient.avro, record 2", "-5", "1970", "--timestamps now", "--on-bad skip");

    InProcess.Result skipped = export("--on-bad", "skip");
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(skipped.out()).containsPattern("ancient.avro +3 +2 +0 +1\n");
    assertThat(values(topic)).containsExactly("v0", "v2");

    InProcess.Result now = export("--timestamps", "now");
    assertThat(now.exitCode()).as(now.err()).isZero();
    assertThat(values(topic)).contains("v1");

    use(KafkaVersion.V0_9);
    InProcess.Result legacy = export();
    assertThat(legacy.exitCode()).as(legacy.err()).isZero();
    assertThat(legacy.out()).contains(topic, "cannot be looked at");
    assertThat(values(topic)).containsExactly("v0", "v1", "v2");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V4_4"})
  void aRecordWithoutAKeyForACompactedTopicIsNamed(KafkaVersion kafka) throws Exception {
    use(kafka);
    useTopic(Map.of("cleanup.policy", "compact"));
    write("lines.txt", "a\nb\n");
    InProcess.Result result = export("--format", "text", "--timeout", "5s");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("lines.txt, record 1", "no key", "cleanup.policy");
  }

  /** Its first record says where it came from. */
  @Test
  void anArchiveThatDoesNotSayItsTopicInItsHeaderIsSentToIt() throws Exception {
    archive("plain.avro", NOW);
    String prefix = topic + "-";
    topic = prefix + "source";
    kafka().tools().createTopic(topic, 1);
    InProcess.Result result =
        exportAll("--input", input.toString(), "--topic-from-record", "--topic-prefix", prefix);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(values(topic)).containsExactly("v0");
  }

  /** An archive of records with these timestamps and the values v0, v1, and so on. */
  private void archive(String name, long... timestamps) throws Exception {
    Schema schema = ArchiveSchema.schema();
    try (OutputStream out = files.create(new Path(input, name));
        DataFileWriter<GenericRecord> writer =
            new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, out);
      for (int i = 0; i < timestamps.length; i++) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("topic", "source");
        record.put("partition", 0);
        record.put("offset", (long) i);
        record.put("timestamp", timestamps[i]);
        record.put(
            "timestampType",
            new GenericData.EnumSymbol(schema.getField("timestampType").schema(), "CREATE_TIME"));
        record.put("key", ByteBuffer.wrap(new byte[] {1}));
        record.put("value", ByteBuffer.wrap(("v" + i).getBytes(StandardCharsets.UTF_8)));
        record.put("headers", List.of());
        writer.append(record);
      }
    }
  }
}
