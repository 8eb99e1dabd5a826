package io.kafkahdfs.producer.send;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.split.ExportCounter;
import java.io.IOException;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * Sends what a task of anybody's job writes, at least once: a task that MapReduce tries again sends
 * all its records again.
 */
final class KafkaRecordWriter<K, V> extends RecordWriter<K, V> {
  private final KafkaTarget target;
  private final RecordSender sender;
  private final Dispatcher dispatcher;
  private final RecordForm form = new RecordForm();
  private long written;

  KafkaRecordWriter(KafkaTarget target, RecordSender sender, Dispatcher dispatcher) {
    this.target = target;
    this.sender = sender;
    this.dispatcher = dispatcher;
  }

  @Override
  public void write(K key, V value) throws IOException {
    written++;
    try {
      dispatcher.send(form.of(key, value), written);
    } catch (SendFailedException e) {
      throw e;
    } catch (LoaderException e) {
      throw new LoaderException(
          e.exitCode(), "Record " + written + " of the task: " + e.getMessage() + ".", e);
    }
  }

  /** Waits until all records are acknowledged; fails the task if one is not. */
  @Override
  public void close(TaskAttemptContext context) throws IOException {
    try (target;
        sender) {
      sender.flush();
      dispatcher.checkAcknowledged();
      context.getCounter(ExportCounter.RECORDS_SENT).increment(dispatcher.sent());
      context.getCounter(ExportCounter.RECORDS_ACKNOWLEDGED).increment(dispatcher.tally().sum());
      context.getCounter(ExportCounter.RECORDS_PAST_RETENTION).increment(dispatcher.outlived());
      context.getCounter(ExportCounter.RECORDS_MAYBE_REPEATED).increment(sender.maybeRepeated());
    }
  }
}
