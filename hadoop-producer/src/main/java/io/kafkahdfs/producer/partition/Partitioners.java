package io.kafkahdfs.producer.partition;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
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
          "it is no archive record, so that --partition archive cannot place it. Give --partition"
              + " key or round-robin");
    }
    return record.partition().partition();
  }

  private static TargetPartitioner ofClass(String name, Configuration configuration)
      throws InvalidSettingException {
    Class<?> found;
    try {
      found = configuration.getClassByName(name);
    } catch (ClassNotFoundException e) {
      throw new InvalidSettingException(
          "--partition "
              + name
              + " is neither archive, key nor round-robin, nor the name of a class. Give the jar"
              + " that holds your class with -libjars, and its full name with the package.");
    }
    if (!TargetPartitioner.class.isAssignableFrom(found)) {
      throw new InvalidSettingException(
          name
              + ", given as --partition, does not implement "
              + TargetPartitioner.class.getName()
              + ".");
    }
    try {
      return (TargetPartitioner) found.getDeclaredConstructor().newInstance();
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
