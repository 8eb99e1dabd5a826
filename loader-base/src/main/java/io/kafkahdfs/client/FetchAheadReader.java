package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads ranges while a thread of its own fetches, checks and unpacks what comes next, of the same
 * range or of later ones: clients spend most of their time waiting for brokers.
 */
public final class FetchAheadReader implements RangeReader {
  private final List<OffsetRange> ranges;
  private final BlockingQueue<Step> steps;
  private final Thread fetching;
  private int index;
  private long position;
  private Step last;
  private boolean closed;

  /** What the fetching thread did: a batch, a failure, or neither at the end. */
  private record Step(RecordBatch batch, Throwable failure) {}

  /** Fetches ranges in their order, each from front to back, on the thread that is its own. */
  @FunctionalInterface
  public interface Fetcher {
    /** Hands on all batches of the ranges, and returns behind the last one. */
    void fetchAll(Sink sink) throws IOException, InterruptedException;
  }

  /** Takes batches, in their order; waits while enough of them wait to be read. */
  @FunctionalInterface
  public interface Sink {
    void accept(RecordBatch batch) throws InterruptedException;
  }

  private FetchAheadReader(List<OffsetRange> ranges, Fetcher fetcher, int fetchAhead) {
    this.ranges = List.copyOf(ranges);
    this.position = ranges.get(0).from();
    this.steps = new ArrayBlockingQueue<>(fetchAhead);
    String others = ranges.size() == 1 ? "" : " and " + (ranges.size() - 1) + " more";
    this.fetching = new Thread(() -> fetch(fetcher), "fetch " + ranges.get(0) + others);
    fetching.setDaemon(true);
    // Kafka's client looks for its own classes there.
    fetching.setContextClassLoader(FetchAheadReader.class.getClassLoader());
  }

  /**
   * Begins to fetch.
   *
   * @param ranges at least one
   * @param fetchAhead how many batches may wait to be read, at least 1
   */
  public static FetchAheadReader start(List<OffsetRange> ranges, Fetcher fetcher, int fetchAhead) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("There is no range to read");
    }
    FetchAheadReader reader = new FetchAheadReader(ranges, fetcher, fetchAhead);
    reader.fetching.start();
    return reader;
  }

  private void fetch(Fetcher fetcher) {
    try {
      Step end;
      try {
        fetcher.fetchAll(batch -> steps.put(new Step(batch, null)));
        end = new Step(null, null);
      } catch (IOException | RuntimeException | Error e) {
        end = new Step(null, e);
      }
      steps.put(end);
    } catch (InterruptedException e) {
      // Nobody reads any more.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public RecordBatch next() throws IOException {
    if (closed) {
      throw new IllegalStateException("The reader is closed");
    }
    // Not asked of the fetching thread: it may still wait for the next range's first batch.
    if (position == ranges.get(index).until()) {
      return null;
    }
    if (last == null) {
      Step step = take();
      if (step.batch() != null) {
        position = step.batch().nextOffset();
        return step.batch();
      }
      last = step;
    }
    if (last.failure() instanceof IOException e) {
      throw e;
    }
    if (last.failure() != null) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Fetching offset "
              + position
              + " of "
              + ranges.get(index)
              + " failed, and not as fetching does: "
              + last.failure(),
          last.failure());
    }
    throw new IllegalStateException(
        "Fetching ended at offset " + position + " of " + ranges.get(index));
  }

  private Step take() throws InterruptedIOException {
    try {
      return steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for records");
    }
  }

  @Override
  public boolean nextRange() {
    if (position != ranges.get(index).until()) {
      throw new IllegalStateException(ranges.get(index) + " is read up to " + position + " only");
    }
    if (index + 1 == ranges.size()) {
      return false;
    }
    index++;
    position = ranges.get(index).from();
    return true;
  }

  @Override
  public void close() {
    closed = true;
    fetching.interrupt();
  }
}
