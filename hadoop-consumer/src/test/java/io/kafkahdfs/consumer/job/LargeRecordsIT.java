package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of 10 MB, which are larger than what is fetched at once. */
class LargeRecordsIT extends LoadFixture {
  private static final int LARGE = 10_000_000;
  private static TestKafka kafka;

  @BeforeAll
  static void start() throws IOException {
    kafka =
        TestKafka.start(
            KafkaVersion.V0_9,
            1,
            Map.of("message.max.bytes", "11000000", "replica.fetch.max.bytes", "11000000"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Override
  TestKafka kafka() {
    return kafka;
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "text", "sequence"})
  void fetchesGrowForThemAsFarAsTheyMay(String format) throws Exception {
    List<String> values = new ArrayList<>();
    List<TestRecord> records = new ArrayList<>();
    Random random = new Random(9);
    for (int length : List.of(10, LARGE, 20, 3_000_000, LARGE, 30)) {
      String value = letters(random, length);
      values.add(value);
      records.add(TestRecord.of("k", value));
    }
    kafka().tools().send(partition(0), Codec.NONE, records);

    InProcess.Result small =
        load("--format", format, "--fetch-bytes", "64k", "--max-fetch-bytes", "4m");
    assertThat(small.exitCode()).as(small.err()).isEqualTo(2);
    assertThat(small.err()).contains(topic + "-0", "offset 1", "--max-fetch-bytes");
    assertThat(landed.files(topic)).isEmpty();

    InProcess.Result result =
        load("--format", format, "--fetch-bytes", "64k", "--max-fetch-bytes", "16m");
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> read =
        switch (format) {
          case "avro" -> landed.avro(topic).stream().map(Landed.Row::value).toList();
          case "text" -> landed.lines(topic);
          default -> landed.sequence(topic);
        };
    // Not by AssertJ, which would print both.
    assertThat(read.equals(values)).isTrue();
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
