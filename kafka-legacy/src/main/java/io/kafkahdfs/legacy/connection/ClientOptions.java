package io.kafkahdfs.legacy.connection;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the 0.9 client can be told.
 *
 * @param bootstrap brokers to begin with
 * @param clientId how brokers name this client in their logs
 * @param timeout how long brokers may be gone
 * @param receiveBufferBytes the sockets' receive buffer, or -1 for the operating system's choice
 * @param requestTimeout how long a fetch or a question for offsets waits for its answer
 */
public record ClientOptions(
    List<BrokerAddress> bootstrap,
    String clientId,
    Duration timeout,
    int receiveBufferBytes,
    Duration requestTimeout) {
  private static final Logger LOG = LoggerFactory.getLogger(ClientOptions.class);

  private static final String DEFAULT_CLIENT_ID = "kafka-hdfs";
  private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 1 << 20;

  /**
   * Into how many parts the time-out is cut for requests. {@code SimpleConsumer} sends each request
   * that got no answer once more by itself: a broker that hangs costs two parts, and the others
   * remain to find its successor.
   */
  private static final int REQUESTS_PER_TIMEOUT = 4;

  private static final Duration SHORTEST_QUESTION = Duration.ofSeconds(1);

  /**
   * Takes what is known from the settings and warns of what is not.
   *
   * @throws LoaderException if a value is wrong, or asks for what the 0.9 client cannot do
   */
  public static ClientOptions of(ClusterSettings settings) throws LoaderException {
    List<BrokerAddress> bootstrap = new ArrayList<>();
    for (String server : settings.bootstrapServers()) {
      bootstrap.add(BrokerAddress.parse(server));
    }
    if (bootstrap.isEmpty()) {
      throw new LoaderException(ExitCode.WRONG_SETTING, "No bootstrap server is given");
    }
    String clientId = DEFAULT_CLIENT_ID;
    int receiveBuffer = DEFAULT_RECEIVE_BUFFER_BYTES;
    Duration requestTimeout = settings.timeout().dividedBy(REQUESTS_PER_TIMEOUT).plusMillis(1);
    for (Map.Entry<String, String> property : new TreeMap<>(settings.client()).entrySet()) {
      String key = property.getKey();
      String value = property.getValue().strip();
      switch (key) {
        case "client.id" -> clientId = value;
        case "receive.buffer.bytes", "socket.receive.buffer.bytes" ->
            receiveBuffer = number(key, value, -1);
        case "request.timeout.ms", "socket.timeout.ms" ->
            requestTimeout = Duration.ofMillis(number(key, value, 1));
        default -> {
          boolean secure =
              key.equals("security.protocol")
                  ? !value.equalsIgnoreCase("PLAINTEXT")
                  : key.startsWith("ssl.") || key.startsWith("sasl.");
          if (secure) {
            throw new LoaderException(
                ExitCode.WRONG_SETTING,
                "The client property "
                    + key
                    + (key.equals("security.protocol") ? "=" + value : "")
                    + " cannot be honoured: this cluster is read with the client of Kafka 0.9,"
                    + " which speaks plaintext only. Use a plaintext listener's port, or use"
                    + " brokers from 0.10.2 on.");
          }
          if (!key.equals("security.protocol")) {
            LOG.warn("The client property {} is not used: the client of Kafka 0.9 has none.", key);
          }
        }
      }
    }
    return new ClientOptions(
        List.copyOf(bootstrap), clientId, settings.timeout(), receiveBuffer, requestTimeout);
  }

  /**
   * How long one of several brokers may take to describe the cluster, so that all can be asked
   * within the time-out; but not too short for a broker that has much to describe.
   */
  public Duration questionTimeout(int brokers) {
    Duration share = timeout.dividedBy((long) REQUESTS_PER_TIMEOUT * brokers);
    Duration wanted = share.compareTo(SHORTEST_QUESTION) < 0 ? SHORTEST_QUESTION : share;
    return wanted.compareTo(requestTimeout) < 0 ? wanted : requestTimeout;
  }

  private static int number(String key, String value, int least) throws LoaderException {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // No number at all, as below.
    }
    throw new LoaderException(
        ExitCode.WRONG_SETTING,
        "The client property "
            + key
            + "="
            + value
            + " must be a number from "
            + least
            + " to "
            + Integer.MAX_VALUE);
  }
}
