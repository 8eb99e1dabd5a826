package io.kafkahdfs.producer.job;

import io.kafkahdfs.testkit.hadoop.TestHdfs;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One broker of each version and one HDFS for all integration tests of a JVM; topics and folders
 * are their own. Each is started by the first test that asks, and ended with the JVM.
 */
final class Servers {
  private static final AtomicInteger TOPICS = new AtomicInteger();
  private static final Map<KafkaVersion, TestKafka> KAFKAS = new EnumMap<>(KafkaVersion.class);

  private Servers() {}

  private static final class Hdfs {
    private static final TestHdfs INSTANCE = start();

    private static TestHdfs start() {
      TestHdfs hdfs = TestHdfs.start();
      hdfs.deleteAtExit();
      return hdfs;
    }
  }

  static synchronized TestKafka kafka(KafkaVersion version) {
    return KAFKAS.computeIfAbsent(version, Servers::start);
  }

  private static TestKafka start(KafkaVersion version) {
    try {
      TestKafka kafka = TestKafka.start(version);
      Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
      return kafka;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestHdfs hdfs() {
    return Hdfs.INSTANCE;
  }

  /** A name that no other test uses. */
  static String newTopic(String beginning) {
    return beginning + "." + TOPICS.incrementAndGet();
  }
}
