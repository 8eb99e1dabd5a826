package io.kafkahdfs.legacy.read;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.KafkaUnreachableException;
import io.kafkahdfs.client.OffsetsRemovedException;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.admin.OffsetLister;
import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.legacy.connection.BrokerConnection;
import io.kafkahdfs.legacy.connection.BrokerConnections;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.connection.Patience;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.Optional;
import kafka.common.ErrorMapping;
import kafka.javaapi.FetchResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a range from whoever leads its partition, and continues with the next leader where the
 * last one left off. Used by one thread.
 */
public final class PartitionFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionFetcher.class);

  private final OffsetRange range;
  private final PartitionId partition;
  private final ReadSettings settings;
  private final ClientOptions options;
  private final LeaderFinder leaders;
  private final BrokerConnections connections;
  private final MessageSetParser parser;
  private final Patience patience;

  /** Grows with the largest message seen, and stays there: its like will follow. */
  private int fetchBytes;

  /** Whether what is known of the leader proved wrong. */
  private boolean leaderInDoubt;

  private BrokerConnection connection;

  /**
   * @param connections to the leaders; what is wrong with one is dropped there
   */
  PartitionFetcher(
      OffsetRange range,
      ReadSettings settings,
      ClientOptions options,
      LeaderFinder leaders,
      BrokerConnections connections) {
    this.range = range;
    this.partition = range.partition();
    this.settings = settings;
    this.options = options;
    this.leaders = leaders;
    this.connections = connections;
    this.parser = new MessageSetParser(range, settings);
    this.patience = new Patience(options.timeout());
    this.fetchBytes = settings.fetchBytes();
  }

  /** Fetches all of the range. */
  void fetchAll(FetchAheadReader.Sink sink) throws IOException, InterruptedException {
    // Waiting for whoever reads is no fault of the brokers.
    MessageSetParser.Sink patient =
        batch -> {
          sink.accept(batch);
          patience.succeeded();
        };
    while (parser.position() < range.until()) {
      try {
        fetchUnderstood(patient);
      } catch (LoaderException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        doubtLeader();
        if (patience.isExhausted()) {
          throw unreachable(e);
        }
        LOG.warn(
            "Still fetching {} at offset {}: {}", partition, parser.position(), e.getMessage());
        patience.pause();
      }
    }
  }

  private void fetchUnderstood(MessageSetParser.Sink sink)
      throws IOException, InterruptedException {
    try {
      fetchOnce(sink);
    } catch (NoSuchElementException | IllegalArgumentException | BufferUnderflowException e) {
      throw connection.nonsense(e);
    }
  }

  /**
   * @throws IOException that is no {@link LoaderException} if it is worth another try
   */
  private void fetchOnce(MessageSetParser.Sink sink) throws IOException, InterruptedException {
    connect();
    FetchResponse response = connection.fetch(partition, parser.position(), fetchBytes);
    short error = response.errorCode(partition.topic(), partition.partition());
    if (error == ErrorMapping.NoError()) {
      ByteBuffer set = response.messageSet(partition.topic(), partition.partition()).getBuffer();
      long readableEnd = response.highWatermark(partition.topic(), partition.partition());
      int missing = parser.parse(set, readableEnd, sink);
      if (missing > 0) {
        noProgress(set, missing, readableEnd);
      }
    } else if (error == ErrorMapping.OffsetOutOfRangeCode()) {
      throw outOfRange();
    } else if (error == ErrorMapping.TopicAuthorizationCode()) {
      throw new KafkaUnreachableException(
          connection.address() + " does not allow this client to read " + partition, null);
    } else {
      throw new IOException(connection.address() + ": " + ErrorMapping.exceptionNameFor(error));
    }
  }

  private void connect() throws IOException {
    if (connection != null) {
      return;
    }
    Optional<BrokerAddress> leader = leaders.leader(partition);
    if (leaderInDoubt || leader.isEmpty()) {
      leaders.refreshOnce();
      leader = leaders.leader(partition);
    }
    if (leader.isEmpty()) {
      throw new IOException("it has no leader");
    }
    leaderInDoubt = false;
    connection = connections.to(leader.get());
  }

  private void doubtLeader() {
    leaderInDoubt = true;
    if (connection != null) {
      leaders.avoid(connection.address());
      connections.drop(connection.address());
      connection = null;
    }
  }

  /** Brokers cut off what does not fit, without a word. */
  private void noProgress(ByteBuffer set, int missing, long readableEnd) throws IOException {
    if (!set.hasRemaining()) {
      throw new IOException(
          connection.address() + ": no records there yet, its readable end is " + readableEnd);
    }
    if (missing > settings.maxFetchBytes()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "The message at offset "
              + parser.position()
              + " of "
              + partition
              + " needs a fetch of at least "
              + missing
              + " bytes: raise load.max.fetch.bytes (--max-fetch-bytes), now "
              + settings.maxFetchBytes()
              + ".");
    }
    long doubled = Math.max(missing, 2L * fetchBytes);
    fetchBytes = (int) Math.min(doubled, settings.maxFetchBytes());
    patience.succeeded();
  }

  private LoaderException outOfRange() throws IOException {
    long position = parser.position();
    OffsetRange available = OffsetLister.available(partition, connection);
    if (available.from() > position) {
      return new OffsetsRemovedException(
          new OffsetRange(partition, position, Math.min(available.from(), range.until())));
    }
    if (available.contains(position)) {
      throw new IOException(
          connection.address()
              + ": it says that offset "
              + position
              + " does not exist, and that it has "
              + available);
    }
    return new LoaderException(
        ExitCode.FAILURE,
        "Offset "
            + position
            + " of "
            + partition
            + " does not exist: the partition ends at "
            + available.until()
            + ". It lost records that were there before, through an unclean leader election, or the"
            + " topic was deleted and created again.");
  }

  private KafkaUnreachableException unreachable(IOException last) {
    return new KafkaUnreachableException(
        "Could not read "
            + partition
            + " at offset "
            + parser.position()
            + " for "
            + options.timeout().toMillis()
            + " ms. Last failure: "
            + last.getMessage(),
        last);
  }
}
