package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only broker is gone in mid-export, and comes back while the task goes on sending. */
class RestartedBrokerIT extends ExportFixture {
  private static final int LINES = 20_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir Path temporary;
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private Future<?> restart;

  @AfterEach
  void endThread() {
    executor.shutdown();
  }

  @Test
  void eachRecordIsThereOnceWithTransactions() throws Exception {
    use(KafkaVersion.V4_4);
    long maybeRepeated =
        export(
            () -> {
              // What was committed is seen a moment later.
              await("4,000 lines in " + topic).atMost(LONGEST).until(() -> read().size() >= 4_000);
              kafka().broker(0).kill();
              return null;
            });
    assertThat(read()).containsExactlyElementsOf(lines("", 0, LINES));
    assertThat(maybeRepeated).isZero();
  }

  @Test
  void nothingIsMissingAndWhatIsThereTwiceIsCountedWithoutThem() throws Exception {
    use(KafkaVersion.V0_9);
    long maybeRepeated =
        export(
            () -> {
              // A broker of 0.9 that is killed must not come back before ZooKeeper has given it up.
              kafka().broker(0).stop();
              return null;
            });
    List<String> values = read();
    assertThat(new HashSet<>(values)).isEqualTo(new HashSet<>(lines("", 0, LINES)));
    assertThat((long) values.size() - LINES).isBetween(0L, maybeRepeated);
  }

  /** Sends all lines to one partition, and tells how many at most may be there twice. */
  private long export(java.util.concurrent.Callable<?> end) throws Exception {
    topic = Servers.newTopic("one");
    kafka().tools().createTopic(topic, 1);
    write("a.txt", text(lines("", 0, LINES)));
    TestBroker broker = kafka().broker(0);
    MidwayMapper.action =
        () -> {
          end.call();
          restart =
              executor.submit(
                  () -> {
                    broker.start();
                    return null;
                  });
          return null;
        };
    Path summary = temporary.resolve("summary.json");
    InProcess.Result result =
        export(
            "--format",
            "text",
            "--commit-records",
            "1000",
            "--timeout",
            "2m",
            "--mapper",
            MidwayMapper.class.getName(),
            "--summary",
            summary.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    restart.get();
    return new ObjectMapper().readTree(summary.toFile()).get("maybeRepeated").asLong();
  }

  /** The values of the topic, read with Kafka's own client. */
  private List<String> read() throws Exception {
    List<String> values = new ArrayList<>();
    kafka()
        .tools()
        .read(
            new PartitionId(topic, 0),
            (offset, record) -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
    return values;
  }
}
