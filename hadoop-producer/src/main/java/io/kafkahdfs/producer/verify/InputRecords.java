package io.kafkahdfs.producer.verify;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.Timestamps;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.read.HdfsRecordReader;
import io.kafkahdfs.producer.read.InputAccount;
import io.kafkahdfs.state.TaskFailures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.counters.GenericCounter;

/** The files of an export, read once more as its tasks have read them. */
final class InputRecords {
  private final Receipt receipt;
  private final Settings settings;
  private final Configuration configuration;
  private final boolean timestampsSent;

  private InputRecords(
      Receipt receipt, Settings settings, Configuration configuration, boolean timestampsSent) {
    this.receipt = receipt;
    this.settings = settings;
    this.configuration = configuration;
    this.timestampsSent = timestampsSent;
  }

  /** Why the files cannot tell what was sent, in words; empty if they can. */
  static Optional<String> obstacle(Receipt receipt, Configuration configuration)
      throws IOException {
    if (receipt.identity().settings().containsKey(ExportSettings.MAPPER.key())) {
      return Optional.of("a mapper made the records");
    }
    if (receipt.identity().settings().containsKey(InputSettings.REGISTRY.key())) {
      return Optional.of("a schema registry gave values their numbers");
    }
    List<String> changes = new InputLister(configuration).changes(receipt.inputs());
    return changes.isEmpty() ? Optional.empty() : Optional.of(changes.get(0));
  }

  /**
   * @param withTimestamps whether the brokers keep them
   */
  static InputRecords of(Receipt receipt, Configuration configuration, boolean withTimestamps)
      throws IOException {
    Settings settings =
        Settings.read(ExportSettings.ALL, key -> receipt.identity().settings().get(key));
    boolean timestampsSent =
        withTimestamps && settings.get(ExportSettings.TIMESTAMPS) == Timestamps.KEEP;
    return new InputRecords(receipt, settings, configuration, timestampsSent);
  }

  /** Takes records one by one. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param file its number in the receipt
     * @param number its number in the file, from 1 on
     */
    void take(String topic, int file, long number, KafkaRecord record);
  }

  /** Reads all of them, file by file; those that are bad are passed over. */
  void read(Sink sink) throws IOException {
    List<InputFile> files = receipt.inputs();
    Optional<String> topic = settings.find(ExportSettings.TOPIC);
    String prefix = settings.find(ExportSettings.TOPIC_PREFIX).orElse("");
    for (int i = 0; i < files.size(); i++) {
      InputFile file = files.get(i);
      InputAccount account =
          new InputAccount(new PlannedSplit(0, List.of(new FilePart(file, 0, file.length()))));
      try (HdfsRecordReader reader =
          new HdfsRecordReader(
              account,
              InputReading.of(settings, timestampsSent, configuration),
              Tolerance.SKIP,
              configuration,
              new HdfsRecordReader.Counts(new GenericCounter(), new GenericCounter()),
              TaskFailures.ofJobCommit(configuration))) {
        while (reader.nextKeyValue()) {
          KafkaRecord record = reader.getCurrentValue();
          sink.take(
              topic.orElseGet(() -> prefix + record.partition().topic()),
              i,
              account.position(),
              record);
        }
      }
    }
  }

  /** The name of a file. */
  String path(int file) {
    return receipt.inputs().get(file).path();
  }
}
