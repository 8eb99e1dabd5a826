package io.kafkahdfs.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What servers may answer to a probe instead of what Kafka's protocol says. */
class MalformedProbeAnswerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final byte[] FETCHED = ByteBuffer.allocate(16).putInt(4, 1).putInt(8, 99).array();
  private static final byte[] VERSIONS =
      ByteBuffer.allocate(18)
          .putShort((short) 0)
          .putInt(2)
          .putShort((short) 1)
          .putInt(11)
          .putShort((short) 18)
          .putInt(3)
          .array();

  @Test
  void spoiledAnswers() {
    Cases.run(
        100_000,
        random -> {
          try {
            if (random.nextBoolean()) {
              ProbeRequest.ageIn(ByteBuffer.wrap(spoil(FETCHED, random)));
            } else {
              ProbeRequest.highestFetchIn(ByteBuffer.wrap(spoil(VERSIONS, random)));
            }
          } catch (NotKafkaException e) {
            // As it should be.
          }
        });
  }

  /** Through a socket: lengths are read there. */
  @Test
  void spoiledResponses() throws IOException {
    byte[] response = ByteBuffer.allocate(20).putInt(16).put(FETCHED).array();
    for (int seed = 0; seed < 200; seed++) {
      byte[] spoiled = spoil(response, new Random(seed));
      try (ScriptedServer server =
          ScriptedServer.start(
              (self, connection) -> {
                self.request(connection);
                new DataOutputStream(connection.getOutputStream()).write(spoiled);
                connection.shutdownOutput();
                connection.getInputStream().readAllBytes();
              })) {
        ClusterSettings settings =
            new ClusterSettings(List.of(server.address()), TIMEOUT, Map.of());
        // None of them knows the correlation id.
        assertThatThrownBy(() -> GenerationProbe.ask(settings))
            .isInstanceOf(KafkaUnreachableException.class)
            .hasMessageContaining(server.address());
      }
    }
  }

  private static byte[] spoil(byte[] sample, Random random) {
    Spoiler spoiler = new Spoiler(random);
    return random.nextInt(8) == 0 ? spoiler.bytes(40) : spoiler.spoil(sample);
  }
}
