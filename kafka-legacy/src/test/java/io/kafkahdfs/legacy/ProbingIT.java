package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaClusters;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProbingIT {
  private static final int PROBES = 50;

  /** A broker that is harmed holds a fetch back for as long as its connections live. */
  private static final int STALLED_MS = 20_000;

  @Test
  void doesNotHarmOtherClientsOfAnOldBroker() throws Exception {
    try (TestKafka kafka = TestKafka.start(KafkaVersion.V0_9)) {
      kafka.tools().createTopic("watched", 1);
      kafka.tools().send(new PartitionId("watched", 0), TestRecord.of("key", "value"));
      ClusterSettings settings =
          new ClusterSettings(List.of(kafka.bootstrapServers()), Duration.ofSeconds(60), Map.of());
      AtomicBoolean over = new AtomicBoolean();
      CountDownLatch fetching = new CountDownLatch(1);
      CompletableFuture<Integer> fetches =
          CompletableFuture.supplyAsync(() -> fetchUntil(kafka.bootstrapServers(), over, fetching));
      fetching.await();
      for (int i = 0; i < PROBES; i++) {
        assertThat(KafkaClusters.choose(settings, Optional.empty())).isEqualTo(Generation.LEGACY);
      }
      over.set(true);
      assertThat(fetches.get()).isGreaterThan(0);
    }
  }

  /** Fetches on one connection; no answer, or a wrong one, is an exception. */
  private static int fetchUntil(String server, AtomicBoolean over, CountDownLatch first) {
    int port = Integer.parseInt(server.substring(server.indexOf(':') + 1));
    int fetches = 0;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(STALLED_MS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (!over.get()) {
        socket.getOutputStream().write(fetch());
        ByteBuffer response = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        // Correlation id, one topic, its name, one partition, its number, the error code.
        assertThat(response.getInt(0)).isEqualTo(1);
        assertThat(response.getShort(8 + 2 + "watched".length() + 8)).isZero();
        fetches++;
        first.countDown();
      }
      return fetches;
    } catch (IOException e) {
      throw new AssertionError("Fetch " + fetches + " failed", e);
    } finally {
      first.countDown();
    }
  }

  /** A fetch of version 0, as 0.9's followers and consumers send them. */
  private static byte[] fetch() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(1);
    out.writeShort(0);
    out.writeInt(1);
    out.writeUTF("watcher");
    out.writeInt(-1);
    out.writeInt(100);
    out.writeInt(1);
    out.writeInt(1);
    out.writeUTF("watched");
    out.writeInt(1);
    out.writeInt(0);
    out.writeLong(0);
    out.writeInt(100_000);
    return ByteBuffer.allocate(4 + bytes.size())
        .putInt(bytes.size())
        .put(bytes.toByteArray())
        .array();
  }
}
