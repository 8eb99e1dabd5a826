package io.kafkahdfs.legacy.read;

import io.kafkahdfs.client.FetchAheadReader;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.connection.BrokerConnections;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.util.List;

/**
 * Fetches ranges one after the other over one connection to each broker. Used by one thread, its
 * own.
 */
public final class RangesFetcher {
  private final List<OffsetRange> ranges;
  private final ReadSettings settings;
  private final ClientOptions options;
  private final LeaderFinder leaders;

  public RangesFetcher(
      List<OffsetRange> ranges,
      ReadSettings settings,
      ClientOptions options,
      LeaderFinder leaders) {
    this.ranges = List.copyOf(ranges);
    this.settings = settings;
    this.options = options;
    this.leaders = leaders;
  }

  /** Fetches all of the ranges. */
  public void fetchAll(FetchAheadReader.Sink sink) throws IOException, InterruptedException {
    try (BrokerConnections connections = new BrokerConnections(options)) {
      for (OffsetRange range : ranges) {
        new PartitionFetcher(range, settings, options, leaders, connections).fetchAll(sink);
      }
    }
  }
}
