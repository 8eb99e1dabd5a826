package io.kafkahdfs.testkit.kafka;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordSender;
import io.kafkahdfs.client.SendFailedException;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends to an {@link InMemoryCluster}. What is handed over is in the log at once, and acknowledged
 * as late as is allowed: in {@link #flush}.
 */
class InMemorySender implements RecordSender {
  private final InMemoryCluster cluster;
  private final SendSettings settings;
  private final int largest;
  private final List<Runnable> unacknowledged = new ArrayList<>();
  private SendFailedException failure;

  /**
   * @param largest how many bytes of a record are sent
   */
  InMemorySender(InMemoryCluster cluster, SendSettings settings, int largest) {
    this.cluster = cluster;
    this.settings = settings;
    this.largest = largest;
  }

  @Override
  public final void send(
      KafkaRecord record, String topic, int partition, long number, Acknowledgement acknowledgement)
      throws IOException {
    throwFailure();
    int count = cluster.partitionCount(topic);
    int chosen =
        partition == BY_KEY
            ? Math.floorMod(Arrays.hashCode(record.key().toByteArray()), Math.max(1, count))
            : partition;
    if (chosen >= count) {
      fail(number, topic, "there is no partition " + chosen);
    }
    Optional<String> refusal =
        InMemoryRules.refusal(
            record,
            InMemoryRules.of(cluster.topicConfig(topic)),
            cluster.generation(),
            settings,
            largest);
    if (refusal.isPresent()) {
      fail(number, topic, refusal.get());
    }
    long offset;
    try {
      offset = append(new PartitionId(topic, chosen), testRecord(record));
    } catch (LoaderException e) {
      failure =
          new SendFailedException(e.exitCode(), number, "to " + topic + ": " + e.getMessage(), e);
      throw failure;
    }
    unacknowledged.add(() -> acknowledgement.acknowledged(chosen, offset));
  }

  private void fail(long number, String topic, String why) throws SendFailedException {
    failure =
        new SendFailedException(ExitCode.FAILURE, number, "to topic " + topic + ": " + why, null);
    throw failure;
  }

  private TestRecord testRecord(KafkaRecord record) {
    boolean modern = cluster.generation() == Generation.MODERN;
    return new TestRecord(
        record.key().toByteArray(),
        record.value().toByteArray(),
        modern && settings.timestamps() && record.timestamp() != KafkaRecord.NO_TIMESTAMP
            ? OptionalLong.of(record.timestamp())
            : OptionalLong.empty(),
        modern
            ? record.headers().stream()
                .map(header -> new TestHeader(header.key(), header.value()))
                .toList()
            : List.of());
  }

  /** Puts a record into the log, and returns its offset. */
  long append(PartitionId partition, TestRecord record) throws LoaderException {
    return cluster.append(partition, record);
  }

  @Override
  public final void flush() throws IOException {
    throwFailure();
    unacknowledged.forEach(Runnable::run);
    unacknowledged.clear();
  }

  private void throwFailure() throws SendFailedException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public final long maybeRepeated() {
    return 0;
  }

  @Override
  public void close() {
    unacknowledged.clear();
  }
}
