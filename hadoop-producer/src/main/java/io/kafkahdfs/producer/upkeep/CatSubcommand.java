package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.format.print.RecordFilter;
import io.kafkahdfs.format.print.RecordPrinter;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.LookSettings;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.InputLister;
import io.kafkahdfs.producer.plan.InputListing;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.read.HdfsRecordReader;
import io.kafkahdfs.producer.read.InputAccount;
import io.kafkahdfs.state.TaskFailures;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.counters.GenericCounter;

/** Prints the records that files have, as an export would read them. */
public final class CatSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "cat",
        "Prints records of files as an export would read them, for a look at them. Asks no Kafka.",
        List.of(
            "hdfs-to-kafka cat --input PATH [--format FORMAT] [--where CONDITIONS]",
            "              [--limit RECORDS] [--json | -f FORMAT] [OPTION...]"),
        List.of(
            InputSettings.INPUT,
            InputSettings.FORMAT,
            InputSettings.AVRO_AS,
            InputSettings.KEY_SEPARATOR,
            InputSettings.NEWLINES,
            InputSettings.ANY_BYTES,
            InputSettings.ON_OPEN,
            InputSettings.ON_BAD,
            LookSettings.WHERE,
            LookSettings.LIMIT,
            LookSettings.JSON,
            LookSettings.RECORD_FORMAT),
        Set.of(InputSettings.INPUT));
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(InputSettings.INPUT));
    InputReading.check(settings);
    RecordFilter filter = RecordFilter.of(settings.find(LookSettings.WHERE));
    InputListing listing =
        new InputLister(invocation.configuration()).list(settings.get(InputSettings.INPUT));
    listing.check(settings.get(InputSettings.ON_OPEN));
    try (RecordPrinter printer =
        RecordPrinter.of(
            settings.get(LookSettings.JSON),
            false,
            settings.find(LookSettings.RECORD_FORMAT),
            invocation.console().out())) {
      long left = settings.get(LookSettings.LIMIT);
      long bad = 0;
      for (InputFile file : listing.files()) {
        if (left > 0 && file.length() > 0 && filter.mayBeIn(file.path())) {
          InputAccount account =
              new InputAccount(new PlannedSplit(0, List.of(FilePart.whole(file))));
          left -= print(account, left, filter, settings, invocation.configuration(), printer);
          bad += account.bad(0);
        }
      }
      if (bad > 0) {
        invocation.console().warn(bad + " bad records were passed over.");
      }
    }
    return ExitCode.DONE;
  }

  private static long print(
      InputAccount account,
      long most,
      RecordFilter filter,
      Settings settings,
      Configuration configuration,
      RecordPrinter printer)
      throws IOException {
    long printed = 0;
    try (HdfsRecordReader records =
        new HdfsRecordReader(
            account,
            InputReading.of(settings, configuration),
            settings.get(InputSettings.ON_BAD),
            configuration,
            new HdfsRecordReader.Counts(new GenericCounter(), new GenericCounter()),
            TaskFailures.ofJobCommit(configuration))) {
      while (printed < most && records.nextKeyValue()) {
        if (filter.has(records.getCurrentValue())) {
          printer.print(records.getCurrentValue());
          printed++;
        }
      }
    }
    return printed;
  }
}
