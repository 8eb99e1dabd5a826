package io.kafkahdfs.producer.partition;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.run.UserClass;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Makes the partitioner that the settings ask for. */
public final class Partitioners {
  private Partitioners() {}

  /**
   * @throws InvalidSettingException if it is a class that does not exist, or is no partitioner
   */
  public static TargetPartitioner of(Settings settings, Configuration configuration)
      throws InvalidSettingException {
    String name = settings.find(ExportSettings.PARTITION).orElse("");
    return switch (name) {
      case "" -> Partitioners::archivedOrByKey;
      case "archive" -> Partitioners::archived;
      case "key" -> (record, topic, partitions) -> TargetPartitioner.BY_KEY;
      case "round-robin" -> new RoundRobin();
      default -> ofClass(name, configuration);
    };
  }

  private static int archivedOrByKey(KafkaRecord record, String topic, int partitions) {
    return record.partition() == null ? TargetPartitioner.BY_KEY : record.partition().partition();
  }

  private static int archived(KafkaRecord record, String topic, int partitions) {
    if (record.partition() == null) {
      throw new IllegalArgumentException(
          "it is no archive record, so that --partition archive cannot place it. Set --partition"
              + " key or round-robin");
    }
    return record.partition().partition();
  }

  private static TargetPartitioner ofClass(String name, Configuration configuration)
      throws InvalidSettingException {
    Class<? extends TargetPartitioner> found =
        UserClass.find(
            ExportSettings.PARTITION,
            name,
            TargetPartitioner.class,
            " which is neither archive, key nor round-robin.",
            configuration);
    try {
      return found.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new InvalidSettingException(
          name
              + ", given as --partition, cannot be made: it needs a public constructor without"
              + " parameters ("
              + e
              + ").");
    }
  }

  private static final class RoundRobin implements TargetPartitioner {
    private final Map<String, Integer> next = new HashMap<>();

    @Override
    public int partition(KafkaRecord record, String topic, int partitions) {
      return next.merge(topic, 0, (last, start) -> (last + 1) % partitions);
    }
  }
}
