package io.kafkahdfs.legacy.connection;

import io.kafkahdfs.offset.PartitionId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kafka.api.FetchRequest;
import kafka.api.FetchRequestBuilder;
import kafka.api.PartitionOffsetRequestInfo;
import kafka.api.TopicMetadataResponse;
import kafka.common.TopicAndPartition;
import kafka.consumer.SimpleConsumer;
import kafka.javaapi.FetchResponse;
import kafka.javaapi.OffsetRequest;
import kafka.javaapi.OffsetResponse;
import kafka.javaapi.TopicMetadataRequest;

/**
 * A connection to one broker, made with the first request. Whatever fails is an {@link IOException}
 * that names the broker and the reason. Used by one thread; interrupting it breaks off a request.
 */
public final class BrokerConnection implements Closeable {
  /**
   * How long a broker may wait for new records before it answers that there are none; well below
   * the time-out, which would look like a broker that hangs.
   */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final BrokerAddress address;
  private final Duration timeout;
  private final Duration maxWait;
  private final String clientId;
  private final SimpleConsumer consumer;

  public BrokerConnection(BrokerAddress address, ClientOptions options, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
    Duration half = timeout.dividedBy(2);
    this.maxWait = half.compareTo(LONGEST_WAIT) < 0 ? half : LONGEST_WAIT;
    this.clientId = options.clientId();
    this.consumer =
        new SimpleConsumer(
            address.host(),
            address.port(),
            Math.toIntExact(timeout.toMillis()),
            options.receiveBufferBytes(),
            clientId);
  }

  public BrokerAddress address() {
    return address;
  }

  /**
   * Describes all topics. Brokers create a topic that they are asked for by name and do not know,
   * unless they were told not to; asked for all, they create none.
   */
  public TopicMetadataResponse describeAllTopics() throws IOException {
    TopicMetadataRequest request =
        new TopicMetadataRequest(
            kafka.api.TopicMetadataRequest.CurrentVersion(), 0, clientId, List.of());
    return call(() -> consumer.send(request.underlying()));
  }

  /** Asks for offsets at times; see {@link kafka.api.OffsetRequest}. */
  public OffsetResponse offsets(Map<TopicAndPartition, PartitionOffsetRequestInfo> times)
      throws IOException {
    OffsetRequest request =
        new OffsetRequest(times, kafka.api.OffsetRequest.CurrentVersion(), clientId);
    return call(() -> new OffsetResponse(consumer.getOffsetsBefore(request.underlying())));
  }

  /** Fetches what stands at an offset. */
  public FetchResponse fetch(PartitionId partition, long offset, int bytes) throws IOException {
    return fetch(Map.of(partition, offset), bytes);
  }

  /** Fetches what stands at an offset of each of some partitions, so many bytes of each. */
  public FetchResponse fetch(Map<PartitionId, Long> offsets, int bytes) throws IOException {
    FetchRequestBuilder builder =
        new FetchRequestBuilder()
            .clientId(clientId)
            .maxWait(Math.toIntExact(maxWait.toMillis()))
            .minBytes(1);
    offsets.forEach(
        (partition, offset) ->
            builder.addFetch(partition.topic(), partition.partition(), offset, bytes));
    FetchRequest request = builder.build();
    return call(() -> new FetchResponse(consumer.fetch(inFirstVersion(request))));
  }

  /** Kafka 0.8 answers all versions alike, and not as the client expects of the second one. */
  private static FetchRequest inFirstVersion(FetchRequest request) {
    return new FetchRequest(
        (short) 0,
        request.correlationId(),
        request.clientId(),
        request.replicaId(),
        request.maxWait(),
        request.minBytes(),
        request.requestInfo());
  }

  private <T> T call(Callable<T> request) throws IOException {
    try {
      return request.call();
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (ClosedChannelException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw interrupted(e);
      }
      // SimpleConsumer swallows the reason why it could not connect.
      throw new IOException(address + ": " + whyUnreachable(), e);
    } catch (Exception e) {
      throw new IOException(address + ": " + e, e);
    } catch (OutOfMemoryError e) {
      // The client makes room for as much as the first four bytes of an answer say.
      throw new IOException(address + ": no Kafka of this version answers like this", e);
    }
  }

  /** What becomes of an answer that cannot be used: as one that does not come. */
  public IOException nonsense(RuntimeException e) {
    return new IOException(address + ": its answer makes no sense: " + e, e);
  }

  private static InterruptedIOException interrupted(Exception cause) {
    InterruptedIOException exception = new InterruptedIOException("Interrupted");
    exception.initCause(cause);
    return exception;
  }

  private String whyUnreachable() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()),
          Math.toIntExact(timeout.toMillis()));
      return "the connection was closed";
    } catch (IOException | IllegalArgumentException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
