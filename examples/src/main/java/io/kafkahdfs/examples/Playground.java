package io.kafkahdfs.examples;

import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Says how to play with servers that stay up, and sends what is typed. */
final class Playground {
  private final Path home;
  private final Path configuration;
  private final String broker;
  private final Narrator narrator;

  /**
   * @param home the checkout
   */
  Playground(Path home, Servers servers, Narrator narrator) {
    this.home = home;
    this.configuration = servers.configuration();
    this.broker = servers.bootstrapServer();
    this.narrator = narrator;
  }

  /** Never returns: the process is to be ended. */
  void open(Topic topic, ShellCommand load, ShellCommand export)
      throws IOException, InterruptedException {
    narrator.headline("Now you");
    narrator.say(
        "The servers stay up until you press Ctrl-C. Type a line here, and it becomes a record.");
    narrator.say("In another terminal, in " + home + ":");
    narrator.say("");
    narrator.say("$ export HADOOP_CONF_DIR=" + configuration);
    narrator.say("$ export KAFKA=" + broker);
    narrator.say(
        "$ dfs() { java -cp \"$HADOOP_CONF_DIR:hadoop-runtime/target/hadoop/*\""
            + " org.apache.hadoop.fs.FsShell \"$@\"; }");
    narrator.say("$ " + load);
    narrator.say("$ " + export + " \\\n    --again");
    narrator.say("$ dfs -ls -R /landing");
    narrator.say("$ dfs -text '/landing/" + topic.name() + "/*' | tail");
    narrator.say("$ dfs -cat '/landing/_kafka_to_hdfs/commits/*.json'");
    narrator.say("");
    narrator.say("docs/operations.md has a tour of more: look, break, verify, roll back, replay.");
    narrator.say("");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      narrator.say("Sent: " + topic.send(TestRecord.of(null, line)));
    }
    new CountDownLatch(1).await();
  }
}
