package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.kafka.KafkaVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an export sends, to real brokers of several generations from a real HDFS. */
class ExportIT extends ExportFixture {
  @ParameterizedTest
  @EnumSource(names = {"V0_9"})
  void linesBecomeValues(KafkaVersion kafka) throws Exception {
    use(kafka);
    write("a.txt", text(lines("a", 0, 1000)));
    write("b.txt", text(lines("b", 0, 1000)));
    write("_SUCCESS", "");
    write(".hidden", "hidden\n");
    ExportCommand.Result result = export("--format", "text");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("2,000 records");
    assertThat(values(topic))
        .hasSize(2000)
        .containsAll(lines("a", 0, 1000))
        .containsAll(lines("b", 0, 1000));

    ExportCommand.Result again = export("--format", "text");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("Already exported");
    assertThat(values(topic)).hasSize(2000);
  }
}
