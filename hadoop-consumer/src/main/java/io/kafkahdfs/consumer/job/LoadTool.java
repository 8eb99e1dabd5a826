package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Mappers;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.SummaryFile;
import io.kafkahdfs.command.Version;
import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.TopicSelection;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.secrets.ClientSecrets;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command behind Hadoop's own options: reads the settings, runs the load, names failures. */
final class LoadTool extends Configured implements Tool {
  private static final Logger LOG = LoggerFactory.getLogger(LoadTool.class);

  private static final SettingsCommandLine COMMAND_LINE =
      new SettingsCommandLine(
          "kafka-to-hdfs",
          "Lands Kafka topics in HDFS, exactly once: what an earlier run has landed is not read"
              + " again.",
          List.of(
              "kafka-to-hdfs [-D KEY=VALUE] [-conf FILE] [-libjars JARS] --bootstrap-server"
                  + " HOST:PORT",
              "              --topic TOPIC --output PATH [OPTION...]"),
          LoadSettings.ALL,
          Set.of(LoadSettings.TOPICS));

  private static final GivenSettings GIVEN =
      new GivenSettings(
          LoadSettings.ALL,
          LoadSettings.PREFIX,
          CommonSettings.CLIENT_PREFIX,
          LoadSettings.COMMAND_CONFIG);

  private final Console console;

  LoadTool(Console console) {
    this.console = console;
  }

  @Override
  public int run(String[] arguments) throws InterruptedException {
    try {
      return execute(arguments).code();
    } catch (LoaderException e) {
      LOG.debug("The run failed", e);
      console.error(e.getMessage());
      return e.exitCode().code();
    } catch (IOException e) {
      LOG.debug("The run failed", e);
      console.error(
          "The file system or the cluster failed: "
              + e.getMessage()
              + ". Nothing that was not committed is visible; run it again when it works.");
      return ExitCode.HDFS_UNUSABLE.code();
    }
  }

  private ExitCode execute(String[] arguments) throws IOException, InterruptedException {
    SettingsCommandLine.Parsed parsed = COMMAND_LINE.parse(arguments);
    if (parsed.help()) {
      console.print(COMMAND_LINE.usage());
      return ExitCode.DONE;
    }
    if (parsed.version()) {
      console.print("kafka-to-hdfs " + Version.current() + "\n");
      return ExitCode.DONE;
    }
    Configuration configuration = getConf();
    GIVEN.texts(parsed, configuration).forEach(configuration::set);
    Settings settings = KafkaConnection.settings(configuration);
    check(settings, configuration);
    Credentials credentials = new Credentials();
    ClientSecrets.move(configuration, credentials);
    Path root = new Path(settings.get(LoadSettings.OUTPUT));
    FileStore store = HadoopFileStore.of(root, configuration);
    Path qualified = root.getFileSystem(configuration).makeQualified(root);
    checkOutput(store, qualified);
    LoadJob job =
        new LoadJob(
            configuration, credentials, settings, store, qualified, RunOrigin.now(), console);
    if (settings.get(LoadSettings.DRY_RUN)) {
      job.dryRun();
      return ExitCode.DONE;
    }
    Summary summary = job.run();
    console.print(summary.text());
    SummaryFile.write(settings, LoadSettings.SUMMARY, summary);
    return ExitCode.DONE;
  }

  /** What no single setting's check can tell. */
  private static void check(Settings settings, Configuration configuration)
      throws InvalidSettingException {
    GivenSettings.require(settings, List.of(LoadSettings.BOOTSTRAP_SERVERS, LoadSettings.OUTPUT));
    TopicSelection.of(settings);
    if (settings.isGiven(LoadSettings.MAPPER)) {
      Mappers.find(settings.get(LoadSettings.MAPPER), configuration);
    }
    KafkaConnection.readSettings(settings);
    SummaryFile.check(settings, LoadSettings.SUMMARY);
    try {
      settings
          .find(LoadSettings.CODEC)
          .ifPresent(codec -> settings.get(LoadSettings.FORMAT).check(codec));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(e.getMessage() + " (--format, --codec).");
    }
  }

  private static void checkOutput(FileStore store, Path root) throws IOException {
    boolean isFile;
    try {
      isFile = store.entry(root).filter(entry -> !entry.directory()).isPresent();
    } catch (IOException e) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE, "Cannot use the output " + root + ": " + e.getMessage(), e);
    }
    if (isFile) {
      throw new LoaderException(
          ExitCode.HDFS_UNUSABLE,
          "The output " + root + " is a file. Give the path of a folder, which need not exist.");
    }
  }
}
