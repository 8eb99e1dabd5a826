package io.kafkahdfs.producer.upkeep;

import io.kafkahdfs.command.Invocation;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.producer.commit.Receipt;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.state.ExportFolder;
import io.kafkahdfs.producer.state.Exports;
import io.kafkahdfs.store.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of an export.
 *
 * @param plan what it is to send; empty if it was never planned
 * @param reports of the splits that are done
 * @param receipts of its rounds, those put away by {@code --again} first
 * @param done whether the last receipt is that of the present plan
 */
record StoredExport(
    ExportFolder folder,
    Optional<ExportPlan> plan,
    List<SplitReport> reports,
    List<Receipt> receipts,
    boolean done) {
  /**
   * The exports that are asked for: the one that {@code --export-id} names, or else all.
   *
   * @throws InvalidSettingException if there is none
   */
  static List<StoredExport> asked(Invocation invocation) throws IOException {
    Exports exports = Exports.of(invocation.settings(), invocation.configuration());
    Optional<String> id = invocation.settings().find(ExportSettings.EXPORT_ID);
    List<StoredExport> found = new ArrayList<>();
    for (ExportFolder folder : exports.all()) {
      if (id.isEmpty() || folder.export().equals(id.get())) {
        found.add(read(exports, folder));
      }
    }
    if (found.isEmpty()) {
      throw new InvalidSettingException(
          "There is no export "
              + id.map(name -> name + " ").orElse("")
              + "in "
              + exports.path()
              + ". Correct "
              + (id.isPresent() ? "--export-id or " : "")
              + "--state.");
    }
    return found;
  }

  private static StoredExport read(Exports exports, ExportFolder folder) throws IOException {
    Optional<ExportPlan> plan = exports.read(folder.plan(), ExportPlan.class);
    List<SplitReport> reports = new ArrayList<>();
    if (plan.isPresent()) {
      for (FileEntry entry : exports.store().list(folder.round(plan.get()).reports())) {
        // Beside them stand drafts of tasks that are still at it, or have died.
        if (entry.name().endsWith(".json")) {
          exports.read(entry.path(), SplitReport.class).ifPresent(reports::add);
        }
      }
    }
    List<Receipt> receipts = new ArrayList<>();
    for (FileEntry entry : exports.store().list(folder.path())) {
      if (ExportFolder.isOldReceipt(entry.name())) {
        exports.read(entry.path(), Receipt.class).ifPresent(receipts::add);
      }
    }
    Optional<Receipt> last = exports.read(folder.receipt(), Receipt.class);
    last.ifPresent(receipts::add);
    return new StoredExport(folder, plan, reports, receipts, last.isPresent());
  }
}
