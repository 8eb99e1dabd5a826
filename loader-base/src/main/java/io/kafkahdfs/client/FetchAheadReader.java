package io.kafkahdfs.client;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.OffsetRange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a range while a thread of its own fetches, checks and unpacks what comes next: clients
 * spend most of their time waiting for brokers.
 */
public final class FetchAheadReader implements RangeReader {
  private final OffsetRange range;
  private final BlockingQueue<Step> steps;
  private final Thread fetching;
  private Step last;
  private boolean closed;

  /** What the fetching thread did: a batch, a failure, or neither at the end. */
  private record Step(RecordBatch batch, Throwable failure) {}

  /** Fetches a range, from front to back, on the thread that is its own. */
  @FunctionalInterface
  public interface Fetcher {
    /** Hands on all batches of the range, and returns behind the last one. */
    void fetchAll(Sink sink) throws IOException, InterruptedException;
  }

  /** Takes batches, in their order; waits while enough of them wait to be read. */
  @FunctionalInterface
  public interface Sink {
    void accept(RecordBatch batch) throws InterruptedException;
  }

  private FetchAheadReader(OffsetRange range, Fetcher fetcher, int fetchAhead) {
    this.range = range;
    this.steps = new ArrayBlockingQueue<>(fetchAhead);
    this.fetching = new Thread(() -> fetch(fetcher), "fetch " + range);
    fetching.setDaemon(true);
    // Kafka's client looks for its own classes there.
    fetching.setContextClassLoader(FetchAheadReader.class.getClassLoader());
  }

  /**
   * Begins to fetch.
   *
   * @param fetchAhead how many batches may wait to be read, at least 1
   */
  public static FetchAheadReader start(OffsetRange range, Fetcher fetcher, int fetchAhead) {
    FetchAheadReader reader = new FetchAheadReader(range, fetcher, fetchAhead);
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
    if (last == null) {
      Step step = take();
      if (step.batch() != null) {
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
          "Fetching " + range + " failed, and not as fetching does: " + last.failure(),
          last.failure());
    }
    return null;
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
  public void close() {
    closed = true;
    fetching.interrupt();
  }
}
