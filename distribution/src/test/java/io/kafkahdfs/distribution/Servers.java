package io.kafkahdfs.distribution;

import io.kafkahdfs.testkit.hadoop.HadoopDaemons;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One broker and one Hadoop for all tests of a JVM; topics and folders are their own. */
final class Servers {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  private Servers() {}

  /** Started by the first test that asks; ended with the JVM. */
  private static final class Kafka {
    private static final TestKafka INSTANCE = start();

    private static TestKafka start() {
      try {
        TestKafka kafka = TestKafka.start(KafkaVersion.V3_9);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        return kafka;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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

  static TestKafka kafka() {
    return Kafka.INSTANCE;
  }

  static HadoopDaemons hadoop() {
    return Hadoop.INSTANCE;
  }

  /** A name that no other test uses. */
  static String newTopic(String beginning) {
    return beginning + "." + TOPICS.incrementAndGet();
  }

  /**
   * Makes a folder what {@code HADOOP_HOME} would name: with a {@code bin/hadoop} that knows {@code
   * jar} alone, and runs it with the cluster's jars and configuration.
   */
  static Path hadoopHome(Path folder) throws IOException {
    Path command = Files.createDirectories(folder.resolve("bin")).resolve("hadoop");
    Files.writeString(
        command,
        """
        #!/bin/sh
        [ "$1" = jar ] || exit 64
        shift
        exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
          --add-opens=java.base/java.lang=ALL-UNNAMED \\
          -cp '%s:%s/*' org.apache.hadoop.util.RunJar "$@"
        """
            .formatted(hadoop().configurationFolder(), hadoop().jars()));
    if (!command.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + command + " executable");
    }
    return folder;
  }
}
