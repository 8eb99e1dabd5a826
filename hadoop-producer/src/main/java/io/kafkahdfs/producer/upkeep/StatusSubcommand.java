package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.command.SettingsCommandLine;
import io.kafkahdfs.command.Subcommand;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.LookSettings;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells how exports stand. */
public final class StatusSubcommand implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "status",
        "Shows which exports are done, which are not, how far they are, and who runs them.",
        List.of("hdfs-to-kafka status [--export-id ID] [--state PATH] [--json]"),
        List.of(ExportSettings.EXPORT_ID, ExportSettings.STATE, LookSettings.JSON),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) throws IOException {
    Settings settings = invocation.settings();
    Exports exports = Exports.of(settings, invocation.configuration());
    List<ExportStatus> status = new ArrayList<>();
    for (StoredExport export : StoredExport.asked(invocation)) {
      status.add(
          ExportStatus.of(
              export,
              LoadLock.look(exports.store(), export.folder().path(), RunOrigin.hostName())));
    }
    invocation
        .console()
        .answer(settings.get(LookSettings.JSON), status, () -> ExportStatus.table(status));
    return ExitCode.DONE;
  }
}
