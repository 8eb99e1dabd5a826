package io.kafkahdfs.testkit.hadoop;

import io.kafkahdfs.testkit.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The configuration of a small Hadoop on the loopback interface, as files. */
final class HadoopSites {
  private static final String HOST = "127.0.0.1";

  private final Path base;
  private final String jars;
  private final Map<String, String> settings;
  private final String nameNode = HOST + ":" + FreePorts.next();
  private final String nameNodeHttp = HOST + ":" + FreePorts.next();
  private final String resourceManagerHttp = HOST + ":" + FreePorts.next();
  private final String historyHttp = HOST + ":" + FreePorts.next();

  /**
   * @param base the folder for data, without a comma in its path: Hadoop splits there
   * @param jars the folder of Hadoop's jars
   * @param settings what shall hold beside the testkit's own, or instead; by Hadoop's names, which
   *     tell the file
   */
  HadoopSites(Path base, Path jars, Map<String, String> settings) {
    this.base = base;
    this.jars = jars.toString();
    this.settings = Map.copyOf(settings);
  }

  String nameNodeHttp() {
    return nameNodeHttp;
  }

  String resourceManagerHttp() {
    return resourceManagerHttp;
  }

  String historyHttp() {
    return historyHttp;
  }

  /** Where the containers of jobs log to. */
  Path containerLogs() {
    return base.resolve("container-logs");
  }

  void write(Path folder) throws IOException {
    for (String webapp : new String[] {"hdfs", "datanode", "secondary", "static"}) {
      Files.createDirectories(folder.resolve("webapps").resolve(webapp));
    }
    write(folder, "core-site.xml", core(), "ipc.");
    write(folder, "hdfs-site.xml", hdfs(), "dfs.");
    write(folder, "yarn-site.xml", yarn(), "yarn.");
    write(folder, "mapred-site.xml", mapred(), "mapreduce.");
    Files.writeString(
        folder.resolve("log4j.properties"),
        """
        log4j.rootLogger=INFO, console
        log4j.appender.console=org.apache.log4j.ConsoleAppender
        log4j.appender.console.target=System.err
        log4j.appender.console.layout=org.apache.log4j.PatternLayout
        log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c: %m%n
        """);
  }

  private Configuration core() {
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", "hdfs://" + nameNode);
    site.set("hadoop.tmp.dir", base.resolve("data").toString());
    // Schedulers such as Oozie act for others; here for the user that runs the tests.
    String proxyUser = "hadoop.proxyuser." + System.getProperty("user.name");
    site.set(proxyUser + ".hosts", "*");
    site.set(proxyUser + ".groups", "*");
    return site;
  }

  private Configuration hdfs() {
    Configuration site = new Configuration(false);
    site.set("dfs.namenode.http-address", nameNodeHttp);
    site.set("dfs.datanode.address", HOST + ":0");
    site.set("dfs.datanode.http.address", HOST + ":0");
    site.set("dfs.datanode.ipc.address", HOST + ":0");
    site.set("dfs.replication", "1");
    site.set("dfs.namenode.safemode.extension", "0");
    site.set("dfs.heartbeat.interval", "1");
    site.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");
    return site;
  }

  private Configuration yarn() {
    Configuration site = new Configuration(false);
    site.set("yarn.resourcemanager.hostname", HOST);
    site.set("yarn.resourcemanager.address", HOST + ":" + FreePorts.next());
    site.set("yarn.resourcemanager.scheduler.address", HOST + ":" + FreePorts.next());
    site.set("yarn.resourcemanager.resource-tracker.address", HOST + ":" + FreePorts.next());
    site.set("yarn.resourcemanager.admin.address", HOST + ":" + FreePorts.next());
    site.set("yarn.resourcemanager.webapp.address", resourceManagerHttp);
    site.set(
        "yarn.resourcemanager.scheduler.class",
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    site.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    // So that what a killed daemon leaves behind does not wait for it for a quarter of an hour.
    site.set("yarn.resourcemanager.connect.max-wait.ms", "20000");
    site.set("yarn.resourcemanager.connect.retry-interval.ms", "500");
    site.set("yarn.scheduler.minimum-allocation-mb", "128");
    site.set("yarn.nodemanager.hostname", HOST);
    site.set("yarn.nodemanager.bind-host", HOST);
    site.set("yarn.nodemanager.address", HOST + ":" + FreePorts.next());
    site.set("yarn.nodemanager.localizer.address", HOST + ":" + FreePorts.next());
    site.set("yarn.nodemanager.collector-service.address", HOST + ":" + FreePorts.next());
    site.set("yarn.nodemanager.webapp.address", HOST + ":" + FreePorts.next());
    site.set("yarn.nodemanager.local-dirs", base.resolve("container-files").toString());
    site.set("yarn.nodemanager.log-dirs", containerLogs().toString());
    site.set("yarn.nodemanager.resource.memory-mb", "4096");
    site.set("yarn.nodemanager.resource.cpu-vcores", "8");
    site.set("yarn.nodemanager.vmem-check-enabled", "false");
    site.set("yarn.nodemanager.pmem-check-enabled", "false");
    site.set("yarn.nodemanager.disk-health-checker.enable", "false");
    site.set("yarn.nodemanager.aux-services", "mapreduce_shuffle");
    site.set(
        "yarn.nodemanager.aux-services.mapreduce_shuffle.class",
        "org.apache.hadoop.mapred.ShuffleHandler");
    site.set("yarn.application.classpath", jars + "/*");
    return site;
  }

  private Configuration mapred() {
    Configuration site = new Configuration(false);
    String jvm = "-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
    site.set("mapreduce.framework.name", "yarn");
    site.set("mapreduce.application.classpath", jars + "/*");
    site.set("mapreduce.shuffle.port", String.valueOf(FreePorts.next()));
    site.set("mapreduce.map.memory.mb", "512");
    site.set("mapreduce.map.java.opts", jvm);
    site.set("mapreduce.reduce.memory.mb", "512");
    site.set("mapreduce.reduce.java.opts", jvm);
    site.set("mapreduce.client.completion.pollinterval", "100");
    site.set("mapreduce.client.progressmonitor.pollinterval", "100");
    site.set("mapreduce.jobhistory.address", HOST + ":" + FreePorts.next());
    site.set("mapreduce.jobhistory.admin.address", HOST + ":" + FreePorts.next());
    site.set("mapreduce.jobhistory.webapp.address", historyHttp);
    site.set("yarn.app.mapreduce.am.resource.mb", "512");
    site.set("yarn.app.mapreduce.am.command-opts", jvm);
    site.set("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
    site.set("yarn.app.mapreduce.am.staging-dir", "/tmp/hadoop-yarn/staging");
    return site;
  }

  private void write(Path folder, String name, Configuration site, String prefix)
      throws IOException {
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            site.set(key, value);
          }
        });
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      site.writeXml(out);
    }
  }
}
