package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.hadoop.TestHdfs;
import io.kafkahdfs.testkit.kafka.ServerProcess;

/** An HDFS in this JVM, for the JVM that started it. Whatever it is asked, it says where it is. */
public final class HdfsServer {
  private HdfsServer() {}

  public static void main(String[] arguments) {
    ServerProcess.run(
        () -> {
          TestHdfs hdfs = TestHdfs.start();
          return question -> hdfs.uri().toString();
        });
  }
}
