package io.kafkahdfs.legacy;

import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.RecordBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a range while a thread of its own fetches, checks and unpacks what comes next: the 0.9
 * client spends most of its time waiting for brokers.
 */
final class SimpleConsumerRangeReader implements RangeReader {
  private final BlockingQueue<Step> steps;
  private final Thread fetching;
  private Step last;
  private boolean closed;

  /** What the fetching thread did: a batch, a failure, or neither at the end. */
  private record Step(RecordBatch batch, Throwable failure) {}

  private SimpleConsumerRangeReader(PartitionFetcher fetcher) {
    this.steps = new ArrayBlockingQueue<>(fetcher.fetchAhead());
    this.fetching = new Thread(() -> fetch(fetcher), "fetch " + fetcher.range());
    fetching.setDaemon(true);
  }

  static SimpleConsumerRangeReader start(PartitionFetcher fetcher) {
    SimpleConsumerRangeReader reader = new SimpleConsumerRangeReader(fetcher);
    reader.fetching.start();
    return reader;
  }

  private void fetch(PartitionFetcher fetcher) {
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
      throw new IllegalStateException("Fetching failed", last.failure());
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
