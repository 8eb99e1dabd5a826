package io.kafkahdfs.modern;

import io.kafkahdfs.client.RangeReader;
import io.kafkahdfs.client.RecordBatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Reads a range while a thread of its own fetches, checks and unpacks what comes next. */
final class ConsumerRangeReader implements RangeReader {
  private final BlockingQueue<Step> steps;
  private final Thread fetching;
  private Step last;
  private boolean closed;

  /** What the fetching thread did: a batch, a failure, or neither at the end. */
  private record Step(RecordBatch batch, Throwable failure) {}

  private ConsumerRangeReader(RangeFetcher fetcher, int fetchAhead) {
    this.steps = new ArrayBlockingQueue<>(fetchAhead);
    this.fetching = new Thread(() -> fetch(fetcher), "fetch " + fetcher.range());
    fetching.setDaemon(true);
    fetching.setContextClassLoader(ConsumerRangeReader.class.getClassLoader());
  }

  static ConsumerRangeReader start(RangeFetcher fetcher, int fetchAhead) {
    ConsumerRangeReader reader = new ConsumerRangeReader(fetcher, fetchAhead);
    reader.fetching.start();
    return reader;
  }

  private void fetch(RangeFetcher fetcher) {
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
