package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.command.GivenSettings;
import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.OutputSetting;
import io.kafkahdfs.consumer.config.StateSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.print.RecordPrinter;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Prints landed records. */
public final class CatSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "cat",
        "Prints records of the files that stand, for a look at them.",
        List.of(
            "kafka-to-hdfs cat --output PATH [--topic TOPIC[,TOPIC...]] [--partition NUMBER]",
            "              [--from OFFSET] [--until OFFSET] [--where CONDITIONS]",
            "              [--limit RECORDS] [--quarantine] [--json | -f FORMAT]"),
        List.of(
            LoadSettings.OUTPUT,
            LoadSettings.TOPICS,
            StateSettings.PARTITION,
            StateSettings.FROM,
            StateSettings.UNTIL,
            StateSettings.WHERE,
            StateSettings.LIMIT,
            StateSettings.QUARANTINE,
            StateSettings.JSON,
            StateSettings.RECORD_FORMAT),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    GivenSettings.require(settings, List.of(LoadSettings.OUTPUT));
    LoadOutput output = OutputSetting.existing(settings, invocation.configuration());
    Standing standing = new Standing();
    Map<Long, FileFormat> formats = new HashMap<>();
    new CommitStore(output.store(), output.state())
        .each(
            commit -> {
              standing.add(commit);
              formats.put(commit.number(), FileFormat.named(commit.load().format()));
            });
    RecordChoice choice = RecordChoice.of(settings);
    boolean bad = settings.get(StateSettings.QUARANTINE);
    try (RecordPrinter printer =
        RecordPrinter.of(
            settings.get(StateSettings.JSON),
            bad,
            settings.find(StateSettings.RECORD_FORMAT),
            invocation.console().out())) {
      long left = settings.get(StateSettings.LIMIT);
      for (Standing.Held held : standing.filesAt(standing.last()).values()) {
        if (left > 0 && held.file().holdsBad() == bad && choice.mayBeIn(held.file())) {
          FileFormat format = bad ? FileFormat.AVRO : formats.get(held.commit());
          checkCanChoose(choice, held.file(), format);
          Path path = new Path(output.state().root(), held.file().path());
          left -=
              print(path, held.file(), format, choice, left, printer, invocation.configuration());
        }
      }
    }
    return ExitCode.DONE;
  }

  private static void checkCanChoose(RecordChoice choice, LandedFile file, FileFormat format)
      throws InvalidSettingException {
    if (!format.format().keepsOrigin() && !choice.takesAll(file)) {
      throw new InvalidSettingException(
          "--topic, --partition, --from and --until need files that tell where each record came from,"
              + " and "
              + file.path()
              + " of format "
              + format
              + " has others too and does not.");
    }
  }

  private static long print(
      Path path,
      LandedFile file,
      FileFormat format,
      RecordChoice choice,
      long most,
      RecordPrinter printer,
      Configuration configuration)
      throws IOException {
    long printed = 0;
    KafkaRecord record = new KafkaRecord();
    try (RecordDecoder records =
        format.reader(ReadOptions.ofLoadedAsText(), configuration).open(path, 0, file.bytes())) {
      while (printed < most && records.next(record)) {
        if (choice.has(record)) {
          printer.print(record);
          printed++;
        }
      }
    } catch (BadRecordException e) {
      throw new LoaderException(
          ExitCode.FAILURE, "A record of " + path + " " + e.getMessage() + ".", e);
    } catch (LoaderException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "Cannot read " + path + ": " + e.getMessage() + ". verify --deep tells what is wrong.",
          e);
    }
    return printed;
  }
}
