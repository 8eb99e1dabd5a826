package io.kafkahdfs.table.iceberg;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.table.TableChange;
import io.kafkahdfs.consumer.table.TableHoldings;
import io.kafkahdfs.consumer.table.TableRequest;
import io.kafkahdfs.consumer.table.TableTarget;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMapping;

/** A table of Iceberg: each commit of the load is a snapshot of its own. */
final class IcebergTable implements TableTarget {
  private static final int TRIES = 4;

  private final TableRequest request;
  private final Catalog catalog;
  private final TableIdentifier identifier;
  private final History history;
  private final FileFormat format;

  IcebergTable(TableRequest request, Catalog catalog, TableIdentifier identifier) {
    this.request = request;
    this.catalog = catalog;
    this.identifier = identifier;
    this.history = new History(request.load());
    this.format = FileFormat.fromString(request.format());
  }

  @Override
  public Optional<String> check() throws IOException {
    Optional<Table> table = load();
    if (table.isEmpty() && !request.create()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          this + " does not exist. Create it, or set --create-table to have it created.");
    }
    if (table.isPresent()
        && table.get().spec().isPartitioned()
        && !ColumnFile.tellPartitions(format)) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          this
              + " has partitions ("
              + table.get().spec()
              + "), and in which of them a file lies only Parquet tells. Set --format parquet, or"
              + " take a table without partitions.");
    }
    return table.map(found -> found.uuid().toString());
  }

  private Optional<Table> load() throws LoaderException {
    try {
      return Optional.of(catalog.loadTable(identifier));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw failed("cannot be reached", e);
    }
  }

  private LoaderException failed(String what, RuntimeException cause) {
    return new LoaderException(
        ExitCode.FAILURE, this + " " + what + ": " + Messages.of(cause), cause);
  }

  @Override
  public OptionalLong told() throws IOException {
    return OptionalLong.of(held());
  }

  private long held() throws IOException {
    Optional<Table> table = load();
    return table.isEmpty() ? 0 : history.told(table.get());
  }

  @Override
  public boolean tell(TableChange change) throws IOException {
    List<ColumnFile> files = new ArrayList<>();
    for (TableChange.File file : change.added()) {
      files.add(ColumnFile.read(file, format, request.configuration()));
    }
    Optional<Table> table = load();
    if (table.isEmpty() && files.isEmpty()) {
      return false;
    }
    for (int tries = 1; ; tries++) {
      try {
        tell(change, files, table.isPresent() ? table.get() : create(files.get(0)));
        return true;
      } catch (CommitFailedException e) {
        // Somebody else has changed the table, and Iceberg has given up: from the beginning.
        if (tries == TRIES) {
          throw failed("refuses the snapshot", e);
        }
        table = load();
      } catch (ValidationException e) {
        if (held() < change.to()) {
          throw failed("refuses the snapshot", e);
        }
        return true;
      } catch (RuntimeException e) {
        throw failed("refuses the snapshot", e);
      }
    }
  }

  private Table create(ColumnFile first) {
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(identifier.namespace())) {
      try {
        namespaces.createNamespace(identifier.namespace());
      } catch (AlreadyExistsException e) {
        // Somebody else was first.
      }
    }
    return catalog.createTable(identifier, first.schema());
  }

  private void tell(TableChange change, List<ColumnFile> files, Table table) throws IOException {
    Transaction transaction = table.newTransaction();
    NameMapping names = Columns.widen(table, transaction, files);
    transaction.updateProperties().set(history.property(), Long.toString(change.to())).commit();
    List<DataFile> added = new ArrayList<>();
    for (ColumnFile file : files) {
      added.add(file.dataFile(transaction.table(), names));
    }
    SnapshotUpdate<?> update =
        change.removed().isEmpty()
            ? append(transaction, added)
            : overwrite(transaction, added, removed(change, table));
    history.summary(change.to(), change.next()).forEach(update::set);
    update.validateWith(standsAt(change.from()));
    update.commit();
    Removals.forget(change, table, transaction);
    transaction.commitTransaction();
  }

  private static SnapshotUpdate<?> append(Transaction transaction, List<DataFile> added) {
    AppendFiles append = transaction.newAppend();
    added.forEach(append::appendFile);
    return append;
  }

  private static SnapshotUpdate<?> overwrite(
      Transaction transaction, List<DataFile> added, List<DataFile> removed) {
    OverwriteFiles overwrite = transaction.newOverwrite();
    removed.forEach(overwrite::deleteFile);
    added.forEach(overwrite::addFile);
    return overwrite;
  }

  /** So that of two writers from one base the second is refused, whatever Iceberg's retry does. */
  private SnapshotAncestryValidator standsAt(long commit) {
    return new SnapshotAncestryValidator() {
      @Override
      public boolean validate(Iterable<Snapshot> ancestors) {
        return history.told(ancestors).orElse(commit) == commit;
      }

      @Override
      public String errorMessage() {
        return "it does not stand at commit " + commit + " any more";
      }
    };
  }

  private List<DataFile> removed(TableChange change, Table table) throws IOException {
    Map<String, LandedFile> files = new HashMap<>();
    for (LandedFile file : change.removed()) {
      files.put(new Path(request.root(), file.path()).toString(), file);
    }
    Set<String> paths = Set.copyOf(files.keySet());
    List<DataFile> removed = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (files.remove(task.file().location()) != null) {
          removed.add(task.file());
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!files.isEmpty()) {
      checkDeleted(table, paths, Set.copyOf(files.values()), Set.copyOf(change.kept()));
    }
    return removed;
  }

  /**
   * Something has rewritten or deleted files that are to be taken out of the table: only the latter
   * is what was wanted.
   *
   * @param paths of all that is taken out
   */
  private void checkDeleted(
      Table table, Set<String> paths, Set<LandedFile> files, Set<LandedFile> kept)
      throws IOException {
    OffsetsInTable offsets = new OffsetsInTable(table, paths);
    Map<LandedFile, String> wrong = offsets.wrong(kept, files);
    if (wrong.isEmpty()) {
      return;
    }
    Map.Entry<LandedFile, String> first = wrong.entrySet().iterator().next();
    throw new LoaderException(
        ExitCode.FAILURE,
        this
            + " does not hold "
            + files.size()
            + " files any more that are to be taken out of it, such as "
            + first.getKey().path()
            + (offsets.areKnown()
                ? ", but records of theirs: "
                    + first.getValue()
                    + ". Something has written them into other files. Delete them in the table,"
                    + " and the next load goes on; or roll this change back."
                : ": something has rewritten or deleted them, and it has no column "
                    + OffsetsInTable.COLUMN
                    + " that tells which. Take the table back to a snapshot from before that, or"
                    + " roll this change back."));
  }

  @Override
  public Map<LandedFile, String> lacks(TableHoldings holdings) throws IOException {
    Optional<Table> table = load();
    if (table.isEmpty()) {
      return TableTarget.super.lacks(holdings);
    }
    try {
      return new Holdings(table.get(), request.root(), holdings).lacking();
    } catch (RuntimeException e) {
      throw failed("cannot be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }

  @Override
  public String toString() {
    return "The Iceberg table " + request.table();
  }
}
