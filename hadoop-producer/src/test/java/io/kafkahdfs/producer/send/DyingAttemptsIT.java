package io.kafkahdfs.producer.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts that die at every step of the protocol, on real brokers. */
class DyingAttemptsIT {
  private static final int COMMIT_RECORDS = 4;
  private static final List<String> LINES = lines(11);

  @TempDir Path temporary;

  private final List<DyingTarget> dead = new ArrayList<>();

  private void bury() {
    dead.forEach(DyingTarget::bury);
    dead.clear();
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line" + i).toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_8", "V4_4"})
  void eachRecordIsSeenOnceWhereverAnAttemptDies(KafkaVersion version) throws Exception {
    try (TestKafka kafka = TestKafka.start(version)) {
      int operations = operations(kafka, Guarantee.EXACTLY_ONCE);
      assertThat(operations).isGreaterThan(LINES.size() + 6);
      for (int at = 0; at < operations; at++) {
        for (boolean before : new boolean[] {true, false}) {
          String topic = "at." + at + "." + before;
          SplitFixture export = export(kafka, topic, Guarantee.EXACTLY_ONCE);
          die(export, at, before);
          finish(export);
          assertThat(export.values(topic)).as(topic).isEqualTo(LINES);
          bury();
          SplitReport report = export.report().orElseThrow();
          report.check();
          assertThat(report.records()).as(topic).isEqualTo(LINES.size());
          assertThat(report.partitions()).as(topic).hasSize(1);
          assertThat(report.partitions().get(0).records()).as(topic).isEqualTo(LINES.size());
        }
      }
    }
  }

  @Test
  void manyDeathsInARowDoNotMatter() throws Exception {
    Random random = new Random(7);
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      int operations = operations(kafka, Guarantee.EXACTLY_ONCE);
      for (int round = 0; round < 5; round++) {
        String topic = "round." + round;
        SplitFixture export = export(kafka, topic, Guarantee.EXACTLY_ONCE);
        for (int deaths = 0; deaths < 4; deaths++) {
          die(export, random.nextInt(operations), random.nextBoolean());
        }
        finish(export);
        assertThat(export.values(topic)).as(topic).isEqualTo(LINES);
        bury();
      }
    }
  }

  @Test
  void whatMayBeThereTwiceIsCountedWithoutTransactions() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V0_9)) {
      int operations = operations(kafka, Guarantee.AT_LEAST_ONCE);
      for (int at = 0; at < operations; at++) {
        for (boolean before : new boolean[] {true, false}) {
          String topic = "at." + at + "." + before;
          SplitFixture export = export(kafka, topic, Guarantee.AT_LEAST_ONCE);
          die(export, at, before);
          finish(export);
          List<String> values = export.values(topic);
          bury();
          assertThat(new HashSet<>(values)).as(topic).containsExactlyInAnyOrderElementsOf(LINES);
          long repeated = values.size() - LINES.size();
          assertThat(repeated)
              .as(topic)
              .isLessThanOrEqualTo(export.report().orElseThrow().maybeRepeated())
              .isLessThanOrEqualTo(COMMIT_RECORDS);
        }
      }
    }
  }

  @Test
  void anAttemptThatComesBackFromTheDeadIsShutOut() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V4_4)) {
      SplitFixture export = export(kafka, "zombie", Guarantee.EXACTLY_ONCE);
      try (KafkaTarget first = export.connect();
          KafkaTarget second = export.connect()) {
        InlineTask zombie = export.attempt(first);
        for (int i = 0; i < 6; i++) {
          assertThat(zombie.step()).isTrue();
        }
        InlineTask successor = export.attempt(second);
        assertThat(successor.step()).isTrue();
        assertThatThrownBy(zombie::run)
            .isInstanceOf(LoaderException.class)
            .hasMessageContaining("another attempt has taken over");
        successor.run();
      }
      assertThat(export.values("zombie")).isEqualTo(LINES);
    }
  }

  /** How many operations an attempt has that nothing happens to. */
  private int operations(TestKafka kafka, Guarantee guarantee) throws Exception {
    SplitFixture export = export(kafka, "counted", guarantee);
    DyingTarget target = new DyingTarget(export.connect(), Integer.MAX_VALUE, false);
    export.attempt(target).run();
    target.bury();
    assertThat(export.values("counted")).isEqualTo(LINES);
    return target.operations();
  }

  private SplitFixture export(TestKafka kafka, String topic, Guarantee guarantee)
      throws IOException {
    kafka.tools().createTopic(topic, 1);
    Path folder = Files.createDirectory(temporary.resolve(topic));
    return SplitFixture.of(kafka, folder, topic, guarantee, LINES, COMMIT_RECORDS);
  }

  /** Leaves behind what a process that is killed leaves behind, until the test is over. */
  private void die(SplitFixture export, int at, boolean before) throws Exception {
    DyingTarget target = new DyingTarget(export.connect(), at, before);
    dead.add(target);
    try {
      export.attempt(target).run();
    } catch (DyingTarget.DeathError e) {
      // As wanted. An attempt that has less left to do than that many steps gets to its end.
    }
  }

  private static void finish(SplitFixture export) throws Exception {
    try (KafkaTarget target = export.connect()) {
      export.attempt(target).run();
    }
    assertThat(export.report()).isPresent();
  }
}
