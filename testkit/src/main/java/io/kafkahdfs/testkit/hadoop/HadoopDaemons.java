package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A small Hadoop as users have it: NameNode, DataNodes, ResourceManager, NodeManager and the
 * history server, each in a JVM of its own, on free ports of the loopback interface. Commands run
 * in JVMs that see Hadoop's jars and its configuration, and nothing of the test, so that a fault in
 * our packaging shows. All of it dies with the JVM of the test.
 */
public final class HadoopDaemons implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(3);
  private static final Duration COMMAND = Duration.ofMinutes(5);

  private final java.nio.file.Path base;
  private final java.nio.file.Path configurationFolder;
  private final HadoopSites sites;
  private final HadoopJvms jvms;
  private final int dataNodes;
  private final Map<String, Main> mains = new LinkedHashMap<>();
  private final Map<String, RunningCommand> daemons = new ConcurrentHashMap<>();
  private final List<RunningCommand> commands = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** What a daemon runs. */
  private record Main(String mainClass, List<String> args) {}

  private HadoopDaemons(java.nio.file.Path base, int dataNodes, Map<String, String> settings)
      throws IOException {
    this.base = base;
    this.dataNodes = dataNodes;
    configurationFolder = Files.createDirectory(base.resolve("conf"));
    jvms = new HadoopJvms(base, configurationFolder);
    sites = new HadoopSites(base, jvms.jars(), settings);
    sites.write(configurationFolder);
  }

  /** Starts one of each, and returns when jobs can run. */
  public static HadoopDaemons start() {
    return start(1, Map.of());
  }

  /**
   * Starts all, and returns when jobs can run.
   *
   * @param dataNodes how many; they are {@code datanode-0} and so on
   * @param settings what the configuration shall hold beside the testkit's, or instead
   */
  public static HadoopDaemons start(int dataNodes, Map<String, String> settings) {
    try {
      HadoopDaemons hadoop =
          new HadoopDaemons(Files.createTempDirectory("kafka-hdfs-hadoop"), dataNodes, settings);
      try {
        hadoop.startAll();
      } catch (IOException | RuntimeException e) {
        hadoop.close();
        throw e;
      }
      return hadoop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client needs: the files in {@link #configurationFolder()}, read. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    for (String site :
        List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml")) {
      configuration.addResource(new Path(configurationFolder.resolve(site).toUri()));
    }
    return configuration;
  }

  /** What {@code HADOOP_CONF_DIR} would name. */
  public java.nio.file.Path configurationFolder() {
    return configurationFolder;
  }

  /** The folder of the cluster's jars. */
  public java.nio.file.Path jars() {
    return jvms.jars();
  }

  /** {@code hdfs://host:port}. */
  public URI uri() {
    return URI.create(configuration().get("fs.defaultFS"));
  }

  /** The root folder of HDFS, with scheme and port. */
  public Path root() {
    return new Path(uri() + "/");
  }

  /** {@code hadoop jar JAR ARGS}, to its end. */
  public CommandResult hadoopJar(java.nio.file.Path jar, String... args) {
    return startHadoopJar(jar, List.of(args), Map.of()).await(COMMAND);
  }

  /**
   * {@code hadoop jar JAR ARGS}, started.
   *
   * @param environment variables that it gets beside the usual ones
   */
  public RunningCommand startHadoopJar(
      java.nio.file.Path jar, List<String> args, Map<String, String> environment) {
    List<String> all = new ArrayList<>(List.of(jar.toAbsolutePath().toString()));
    all.addAll(args);
    return command("hadoop-jar", environment, "org.apache.hadoop.util.RunJar", all);
  }

  /** {@code hdfs dfs ARGS}, to its end. */
  public CommandResult hdfsDfs(String... args) {
    return command("hdfs-dfs", Map.of(), "org.apache.hadoop.fs.FsShell", List.of(args))
        .await(COMMAND);
  }

  /**
   * A daemon's process.
   *
   * @param name {@code namenode}, {@code datanode-0}, {@code resourcemanager}, {@code nodemanager}
   *     or {@code historyserver}
   */
  public RunningCommand daemon(String name) {
    return daemons.get(name);
  }

  /** Starts a daemon that has ended once more, with its data; does not wait. */
  public void restart(String name) {
    Main main = mains.get(name);
    try {
      daemons.put(name, jvms.start(name, Map.of(), main.mainClass(), main.args()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Kills the JVM of a container as {@code kill -9} does, and waits until it is gone.
   *
   * @param mainClass such as {@code YarnChild}
   * @param argument what its command line holds beside that; maybe nothing
   */
  public void killContainer(String mainClass, String argument) {
    ProcessHandle container =
        containers(mainClass, argument)
            .findAny()
            .orElseThrow(
                () -> new IllegalStateException("No " + mainClass + " " + argument + " runs"));
    container.destroyForcibly();
    container.onExit().join();
  }

  /** The JVMs of containers; also of those that a NodeManager which was killed has left behind. */
  public Stream<ProcessHandle> containers(String mainClass, String argument) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().command().filter(command -> command.endsWith("java")).isPresent())
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(sites.containerLogs().toString()))
                    .filter(line -> line.contains(mainClass) && line.contains(argument))
                    .isPresent());
  }

  /** What the containers of all jobs have logged so far, for the message of a failed test. */
  public String containerLogs() {
    StringBuilder logs = new StringBuilder();
    try (Stream<java.nio.file.Path> files = Files.walk(sites.containerLogs())) {
      for (java.nio.file.Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        logs.append("==> ").append(sites.containerLogs().relativize(file)).append('\n');
        logs.append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return logs.toString();
  }

  @Override
  public void close() {
    List<RunningCommand> all = new ArrayList<>(commands);
    all.addAll(daemons.values());
    all.forEach(RunningCommand::abandon);
    all.forEach(jvm -> jvm.await(Duration.ofSeconds(30)));
    containers("", "")
        .forEach(
            container -> {
              container.destroyForcibly();
              container.onExit().join();
            });
    Folders.delete(base);
  }

  private void startAll() throws IOException {
    String hdfs = "org.apache.hadoop.hdfs.server.";
    String yarn = "org.apache.hadoop.yarn.server.";
    daemon("resourcemanager", yarn + "resourcemanager.ResourceManager");
    RunningCommand format =
        command(
            "format", Map.of(), hdfs + "namenode.NameNode", List.of("-format", "-nonInteractive"));
    CommandResult formatted = format.await(STARTING);
    if (formatted.exitCode() != 0) {
      throw new IllegalStateException("Could not format HDFS:\n" + formatted.stderr());
    }
    daemon("namenode", hdfs + "namenode.NameNode");
    for (int i = 0; i < dataNodes; i++) {
      String data = base.resolve("data").resolve("datanode-" + i).toString();
      daemon("datanode-" + i, hdfs + "datanode.DataNode", "-Ddfs.datanode.data.dir=" + data);
    }
    daemon("nodemanager", yarn + "nodemanager.NodeManager");
    awaitHdfs();
    daemon("historyserver", "org.apache.hadoop.mapreduce.v2.hs.JobHistoryServer");
    awaitReady();
  }

  private void awaitHdfs() {
    await(
        "HDFS",
        () ->
            says(
                sites.nameNodeHttp(),
                "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState",
                "\"FSState\" : \"Operational\"",
                "\"NumLiveDataNodes\" : " + dataNodes));
  }

  /** Waits until all daemons are there and jobs can run. */
  public void awaitReady() {
    awaitHdfs();
    await(
        "YARN",
        () -> says(sites.resourceManagerHttp(), "/ws/v1/cluster/metrics", "\"activeNodes\":1"));
    await(
        "the history server",
        () -> says(sites.historyHttp(), "/ws/v1/history/info", "\"startedOn\""));
  }

  private void daemon(String name, String mainClass, String... args) {
    mains.put(name, new Main(mainClass, List.of(args)));
    restart(name);
  }

  private RunningCommand command(
      String name, Map<String, String> environment, String mainClass, List<String> args) {
    try {
      RunningCommand command = jvms.start(name, environment, mainClass, args);
      commands.add(command);
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(String what, BooleanSupplier ready) {
    try {
      Awaitility.await(what).atMost(STARTING).until(() -> ready.getAsBoolean() || !allLive());
    } catch (ConditionTimeoutException e) {
      StringBuilder logs = new StringBuilder();
      daemons.forEach((name, daemon) -> logs.append("==> " + name + "\n" + tail(daemon) + "\n"));
      throw new IllegalStateException(what + " was not ready within " + STARTING + ":\n" + logs, e);
    }
  }

  /**
   * @return true
   * @throws IllegalStateException if a daemon has ended
   */
  private boolean allLive() {
    daemons.forEach(
        (name, daemon) -> {
          if (!daemon.isAlive()) {
            throw new IllegalStateException("The " + name + " died:\n" + tail(daemon));
          }
        });
    return true;
  }

  private boolean says(String address, String query, String... wanted) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + query))
            .header("Accept", "application/json")
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Stream.of(wanted).allMatch(answer::contains);
    } catch (IOException e) {
      // Nobody listens yet.
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while Hadoop was starting", e);
    }
  }

  private static String tail(RunningCommand daemon) {
    String log = daemon.stderr() + daemon.stdout();
    return log.substring(Math.max(0, log.length() - 4_000));
  }
}
