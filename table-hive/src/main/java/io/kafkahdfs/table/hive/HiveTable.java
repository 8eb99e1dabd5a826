package io.kafkahdfs.table.hive;

import io.kafkahdfs.consumer.table.TableChange;
import io.kafkahdfs.consumer.table.TableRequest;
import io.kafkahdfs.consumer.table.TableTarget;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.metastore.TableType;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * An external table of Hive: it has what stands in its folders, and is told which there are. That
 * can be told again, so no history is needed.
 */
final class HiveTable implements TableTarget {
  /** Whose it is: in the parameters of the table that was created, and of each partition. */
  private static final String LOAD = "kafka-to-hdfs.load";

  private final TableRequest request;
  private final Metastore metastore;
  private final Storage storage;
  private final Folders folders;

  HiveTable(TableRequest request, Metastore metastore) {
    this.request = request;
    this.metastore = metastore;
    this.storage = Storage.valueOf(request.format().toUpperCase(Locale.ROOT));
    this.folders = Folders.of(request.root(), request.folders());
  }

  @Override
  public Optional<String> check() throws IOException {
    Optional<Table> table = metastore.find();
    if (table.isPresent()) {
      check(table.get());
      return Optional.of("created at " + table.get().getCreateTime());
    }
    if (!request.create()) {
      throw refused("does not exist. Create it, or set --create-table to have it created.");
    }
    if (!metastore.hasDatabase()) {
      throw refused(
          "cannot be created: there is no database " + metastore.database() + ". Create that.");
    }
    return Optional.empty();
  }

  private void check(Table table) throws IOException {
    Map<String, String> parameters = table.getParameters();
    if (!TableType.EXTERNAL_TABLE.name().equals(table.getTableType())) {
      throw refused(
          "is not external, but "
              + table.getTableType()
              + ": Hive would take landed files for its own. Take an external table.");
    }
    if (Boolean.parseBoolean(parameters.get("external.table.purge"))) {
      throw refused(
          "has external.table.purge: who drops it would delete landed files. Set that to false.");
    }
    Path location = new Path(table.getSd().getLocation());
    if (!isWhereTheLoadLands(location)) {
      throw refused(
          "stands in "
              + location
              + ", and the load lands in "
              + folders.location()
              + ". Correct --output or --layout, or take another table.");
    }
    List<String> keys = table.getPartitionKeys().stream().map(FieldSchema::getName).toList();
    if (!keys.equals(folders.keys())) {
      throw refused(
          "has partitions by "
              + keys
              + ", and the folders of --layout are by "
              + folders.keys()
              + ". Correct --layout, or take another table.");
    }
    if (!storage.isOf(table.getSd())) {
      throw refused(
          "reads files by "
              + table.getSd().getSerdeInfo().getSerializationLib()
              + ", and --format is "
              + request.format()
              + ". Correct --format, or take another table.");
    }
  }

  /** Also if one of them names the port of the NameNode. */
  private boolean isWhereTheLoadLands(Path location) throws IOException {
    URI wanted = folders.location().toUri();
    if (!wanted.getPath().equals(location.toUri().getPath())
        || !wanted.getScheme().equals(location.toUri().getScheme())) {
      return false;
    }
    FileSystem there = location.getFileSystem(request.configuration());
    FileSystem ours = folders.location().getFileSystem(request.configuration());
    return there.getUri().equals(ours.getUri())
        || there.getCanonicalServiceName() != null
            && there.getCanonicalServiceName().equals(ours.getCanonicalServiceName());
  }

  private LoaderException refused(String why) {
    return new LoaderException(ExitCode.WRONG_SETTING, this + " " + why);
  }

  @Override
  public OptionalLong told() {
    return OptionalLong.empty();
  }

  @Override
  public boolean tell(TableChange change) throws IOException {
    Optional<Table> found = metastore.find();
    if (found.isEmpty() && change.added().isEmpty()) {
      return false;
    }
    if (found.isPresent()) {
      // Somebody may have made another one meanwhile.
      check(found.get());
    }
    Columns columns =
        new Columns(
            FileFormat.named(request.format()),
            request.configuration(),
            found.map(table -> table.getSd().getCols()));
    for (TableChange.File file : change.added()) {
      columns.widen(file);
    }
    Table table = found.isPresent() ? widened(found.get(), columns) : created(columns);
    Partitions partitions = new Partitions(metastore, table, folders, Map.of(LOAD, request.load()));
    partitions.add(parents(change.added().stream().map(TableChange.File::path)));
    partitions.dropEmpty(
        parents(change.removed().stream().map(file -> new Path(request.root(), file.path()))),
        request.configuration());
    return true;
  }

  private static Set<Path> parents(Stream<Path> files) {
    return files.map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
  }

  private Table widened(Table table, Columns columns) throws LoaderException {
    List<FieldSchema> known = table.getSd().getCols();
    if (!columns.are(known)) {
      checkKeys(columns);
      table.getSd().setCols(columns.with(known));
      metastore.alter(table);
    }
    return table;
  }

  private void checkKeys(Columns columns) throws LoaderException {
    for (FieldSchema column : columns.with(List.of())) {
      if (folders.keys().contains(column.getName())) {
        throw new LoaderException(
            ExitCode.TABLE_BEHIND,
            this
                + " cannot have a column and a partition key that are both called "
                + column.getName()
                + ". Roll the load back, and give the folder of --layout another name.");
      }
    }
  }

  private Table created(Columns columns) throws IOException {
    checkKeys(columns);
    StorageDescriptor descriptor = storage.descriptor();
    descriptor.setCols(columns.with(List.of()));
    descriptor.setLocation(folders.location().toString());
    Table table = new Table();
    table.setDbName(metastore.database());
    table.setTableName(metastore.table());
    table.setOwner(UserGroupInformation.getCurrentUser().getShortUserName());
    table.setTableType(TableType.EXTERNAL_TABLE.name());
    table.setSd(descriptor);
    table.setPartitionKeys(
        folders.keys().stream().map(key -> new FieldSchema(key, "string", null)).toList());
    Map<String, String> parameters = new HashMap<>();
    parameters.put("EXTERNAL", "TRUE");
    // DROP TABLE must not delete what has landed.
    parameters.put("external.table.purge", "false");
    parameters.put(LOAD, request.load());
    table.setParameters(parameters);
    metastore.create(table);
    return metastore.find().orElseThrow(() -> refused("was dropped as soon as it was created."));
  }

  @Override
  public void close() {
    metastore.close();
  }

  @Override
  public String toString() {
    return "The Hive table " + metastore;
  }
}
