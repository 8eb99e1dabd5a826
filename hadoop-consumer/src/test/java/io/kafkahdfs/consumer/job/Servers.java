package io.kafkahdfs.consumer.job;

import io.kafkahdfs.testkit.hadoop.HadoopDaemons;
import io.kafkahdfs.testkit.hadoop.TestHdfs;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One broker, one HDFS and one Hadoop for all integration tests of a JVM; topics and folders are
 * their own.
 */
final class Servers {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private Servers() {}

  /** Started by the first test that asks; ended with the JVM. */
  private static final class Kafka {
    private static final TestKafka INSTANCE = start();

    private static TestKafka start() {
      try {
        TestKafka kafka = TestKafka.start(KafkaVersion.V0_9);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        return kafka;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Hdfs {
    private static final TestHdfs INSTANCE = start();

    private static TestHdfs start() {
      TestHdfs hdfs = TestHdfs.start();
      hdfs.deleteAtExit();
      return hdfs;
    }
  }

  private static final class Hadoop {
    private static final HadoopDaemons INSTANCE = start();

    private static HadoopDaemons start() {
      HadoopDaemons hadoop = HadoopDaemons.start();
      Runtime.getRuntime().addShutdownHook(new Thread(hadoop::close));
      return hadoop;
    }
  }

  /** HDFS and YARN as users have them, each daemon in a JVM of its own. */
  static HadoopDaemons hadoop() {
    return Hadoop.INSTANCE;
  }

  static TestKafka kafka() {
    return Kafka.INSTANCE;
  }

  static TestHdfs hdfs() {
    return Hdfs.INSTANCE;
  }

  /** A name that no other test uses. */
  static String newTopic(String beginning) {
    return beginning + "." + TOPICS.incrementAndGet();
  }
}
