package io.kafkahdfs.table.hive;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.common.StatsSetupConst;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.IMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.EnvironmentContext;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.thrift.TException;

/** What a metastore knows of a table. Connects when it is first asked. */
final class Metastore implements Closeable {
  /** As many partitions are asked for, or added, in one call. */
  private static final int BATCH = 500;

  private static final Map<String, String> PARTITIONS_TOO =
      Map.of(StatsSetupConst.CASCADE, "true", StatsSetupConst.DO_NOT_UPDATE_STATS, "true");

  private final String database;
  private final String table;
  private final String uris;
  private final Configuration configuration;
  private IMetaStoreClient client;

  /**
   * @param name a database and a table, separated by a dot
   * @param uris for people
   */
  Metastore(String name, String uris, Configuration configuration) {
    this.database = name.substring(0, name.indexOf('.'));
    this.table = name.substring(name.indexOf('.') + 1);
    this.uris = uris;
    this.configuration = configuration;
  }

  /** Asks for something, or changes something. */
  private interface Call<T> {
    T with(IMetaStoreClient client) throws TException;
  }

  private <T> T call(String what, Call<T> call) throws LoaderException {
    try {
      if (client == null) {
        client = new HiveMetaStoreClient(configuration);
      }
      return call.with(client);
    } catch (TException | RuntimeException e) {
      close();
      throw new LoaderException(
          ExitCode.FAILURE, "The metastore " + uris + " cannot " + what + ": " + message(e), e);
    }
  }

  private static String message(Throwable failure) {
    String message =
        failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    // A lost connection comes with a stack trace in its message.
    String line = message.lines().findFirst().orElse(message).strip();
    return line.endsWith(".") ? line : line + ".";
  }

  String database() {
    return database;
  }

  String table() {
    return table;
  }

  Optional<Table> find() throws LoaderException {
    return call(
        "tell of the table " + this,
        open -> {
          try {
            return Optional.of(open.getTable(database, table));
          } catch (NoSuchObjectException e) {
            return Optional.empty();
          }
        });
  }

  boolean hasDatabase() throws LoaderException {
    return call(
        "tell of the database " + database,
        open -> {
          try {
            open.getDatabase(database);
            return true;
          } catch (NoSuchObjectException e) {
            return false;
          }
        });
  }

  void create(Table made) throws LoaderException {
    call(
        "create the table " + this,
        open -> {
          open.createTable(made);
          return null;
        });
  }

  /** Gives it other columns, and its partitions, too. */
  void alter(Table altered) throws LoaderException {
    call(
        "change the columns of the table " + this,
        open -> {
          open.alter_table_with_environmentContext(
              database, table, altered, new EnvironmentContext(PARTITIONS_TOO));
          return null;
        });
  }

  /** Those of some partitions that are there. */
  List<Partition> partitions(List<String> names) throws LoaderException {
    List<Partition> found = new ArrayList<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      List<String> some = names.subList(from, Math.min(names.size(), from + BATCH));
      found.addAll(
          call(
              "tell of partitions of " + this,
              open -> open.getPartitionsByNames(database, table, List.copyOf(some))));
    }
    return found;
  }

  /** Adds those of some partitions that are not there. */
  void add(List<Partition> partitions) throws LoaderException {
    for (int from = 0; from < partitions.size(); from += BATCH) {
      List<Partition> some =
          List.copyOf(partitions.subList(from, Math.min(partitions.size(), from + BATCH)));
      call("add partitions to " + this, open -> open.add_partitions(some, true, false));
    }
  }

  /** Takes a partition out; its folder stays. */
  void drop(Partition partition) throws LoaderException {
    call(
        "take partitions out of " + this,
        open -> {
          try {
            return open.dropPartition(database, table, partition.getValues(), false);
          } catch (NoSuchObjectException e) {
            return false;
          }
        });
  }

  /** Lets go of the connection; the next call makes another. */
  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
