package io.kafkahdfs.producer.job;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.LocalFile;
import io.kafkahdfs.command.MetricsFile;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.partition.Partitioners;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.run.UserClass;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** Sends files to topics. */
final class ExportSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "export",
        "Sends files on HDFS to Kafka topics; exactly once where the brokers have transactions.",
        List.of(
            "hdfs-to-kafka [export] [-D KEY=VALUE] [-conf FILE] [-libjars JARS]",
            "              --bootstrap-server HOST:PORT --input PATH --topic TOPIC [OPTION...]"),
        ExportSettings.ALL,
        Set.of(InputSettings.INPUT));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
    return MetricsFile.around(
        MetricsFile.of(invocation.settings(), ExportSettings.METRICS, "hdfs_to_kafka"),
        figures -> export(invocation, figures));
  }

  private static ExitCode export(Invocation invocation, MetricsFile.Figures figures)
      throws IOException, InterruptedException {
    Settings settings = invocation.settings();
    check(settings, invocation.configuration());
    Optional<LocalFile> file = LocalFile.of(settings, ExportSettings.SUMMARY, "summary");
    InputReading.keep(settings, invocation.credentials());
    ExportJob job = new ExportJob(invocation, RunOrigin.now());
    if (settings.get(ExportSettings.DRY_RUN)) {
      job.dryRun(false);
      return ExitCode.DONE;
    }
    Summary summary = job.run();
    summary.tell(figures);
    invocation.console().print(summary.text());
    if (file.isPresent()) {
      file.get().write(Json.writeLine(summary) + "\n");
    }
    return ExitCode.DONE;
  }

  /** What no single setting's check can tell. */
  static void check(Settings settings, Configuration configuration) throws InvalidSettingException {
    GivenSettings.require(settings, List.of(ExportSettings.BOOTSTRAP_SERVERS, InputSettings.INPUT));
    TargetTopics.check(settings);
    Partitioners.of(settings, configuration);
    if (settings.isGiven(ExportSettings.MAPPER)) {
      UserClass.mapper(ExportSettings.MAPPER, settings, configuration);
    }
    InputReading.check(settings);
    FileFormat format = settings.get(InputSettings.FORMAT);
    if (!format.format().keepsOrigin()) {
      if (settings.get(ExportSettings.TOPIC_FROM_RECORD)) {
        throw new InvalidSettingException(
            "--topic-from-record is for archives of kafka-to-hdfs, --format "
                + FileFormat.keepingOrigin()
                + ". Set --topic.");
      }
      if (settings.find(ExportSettings.PARTITION).filter("archive"::equals).isPresent()) {
        throw new InvalidSettingException(
            "--partition archive is for archives of kafka-to-hdfs, --format "
                + FileFormat.keepingOrigin()
                + ". Use key or round-robin.");
      }
    }
  }
}
