package io.kafkahdfs.producer.job;

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
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputFormatName;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.partition.Partitioners;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.secrets.ClientSecrets;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.util.Tool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command behind Hadoop's own options: reads the settings, runs the export, names failures. */
final class ExportTool extends Configured implements Tool {
  private static final Logger LOG = LoggerFactory.getLogger(ExportTool.class);

  private static final SettingsCommandLine COMMAND_LINE =
      new SettingsCommandLine(
          "hdfs-to-kafka",
          "Sends files on HDFS to Kafka topics; exactly once where the brokers have transactions.",
          List.of(
              "hdfs-to-kafka [-D KEY=VALUE] [-conf FILE] [-libjars JARS] --bootstrap-server"
                  + " HOST:PORT",
              "              --input PATH --topic TOPIC [OPTION...]"),
          ExportSettings.ALL,
          Set.of(ExportSettings.INPUT));

  private static final GivenSettings GIVEN =
      new GivenSettings(
          ExportSettings.ALL,
          ExportSettings.PREFIX,
          CommonSettings.CLIENT_PREFIX,
          ExportSettings.COMMAND_CONFIG);

  private final Console console;

  ExportTool(Console console) {
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
              + firstLine(e)
              + ". Run it again when it works: it goes on where it ended.");
      return ExitCode.HDFS_UNUSABLE.code();
    }
  }

  /** A NameNode's refusal goes on with its stack. */
  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private ExitCode execute(String[] arguments) throws IOException, InterruptedException {
    SettingsCommandLine.Parsed parsed = COMMAND_LINE.parse(arguments);
    if (parsed.help()) {
      console.print(COMMAND_LINE.usage());
      return ExitCode.DONE;
    }
    if (parsed.version()) {
      console.print("hdfs-to-kafka " + Version.current() + "\n");
      return ExitCode.DONE;
    }
    Configuration configuration = getConf();
    GIVEN.texts(parsed, configuration).forEach(configuration::set);
    Settings settings = TargetConnection.settings(configuration);
    check(settings, configuration);
    Credentials credentials = new Credentials();
    ClientSecrets.move(configuration, credentials);
    ExportJob job =
        new ExportJob(
            configuration, credentials, settings, state(settings), RunOrigin.now(), console);
    if (settings.get(ExportSettings.DRY_RUN)) {
      job.dryRun();
      return ExitCode.DONE;
    }
    Summary summary = job.run();
    console.print(summary.text());
    SummaryFile.write(settings, ExportSettings.SUMMARY, summary);
    return ExitCode.DONE;
  }

  private ExportJob.State state(Settings settings) throws IOException {
    Path path = new Path(settings.get(ExportSettings.STATE));
    FileStore store = HadoopFileStore.of(path, getConf());
    FileSystem fileSystem = path.getFileSystem(getConf());
    Path home = new Path(fileSystem.getHomeDirectory(), path);
    return new ExportJob.State(store, fileSystem.makeQualified(home));
  }

  /** What no single setting's check can tell. */
  private static void check(Settings settings, Configuration configuration)
      throws InvalidSettingException {
    GivenSettings.require(
        settings, List.of(ExportSettings.BOOTSTRAP_SERVERS, ExportSettings.INPUT));
    TargetTopics.check(settings);
    SummaryFile.check(settings, ExportSettings.SUMMARY);
    Partitioners.of(settings, configuration);
    if (settings.isGiven(ExportSettings.MAPPER)) {
      Mappers.find(settings.get(ExportSettings.MAPPER), configuration);
    }
    InputFormatName format = settings.get(ExportSettings.FORMAT);
    if (settings.isGiven(ExportSettings.KEY_SEPARATOR) && format != InputFormatName.TEXT) {
      throw new InvalidSettingException("--key-separator is for --format text only.");
    }
    if (settings.isGiven(ExportSettings.AVRO_AS) && format != InputFormatName.AVRO) {
      throw new InvalidSettingException("--avro-as is for --format avro only.");
    }
    if (format != InputFormatName.AVRO) {
      if (settings.get(ExportSettings.TOPIC_FROM_RECORD)) {
        throw new InvalidSettingException(
            "--topic-from-record is for archives of kafka-to-hdfs, --format avro. Give --topic.");
      }
      if (settings.find(ExportSettings.PARTITION).filter("archive"::equals).isPresent()) {
        throw new InvalidSettingException(
            "--partition archive is for archives of kafka-to-hdfs, --format avro. Give key or"
                + " round-robin.");
      }
    }
  }
}
