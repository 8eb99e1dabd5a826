package io.kafkahdfs.consumer.table;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.TableSettings;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/** Finds the table that the settings name, and what writes to it. */
public final class TableTargets {
  private static final String ICEBERG = "iceberg";

  /** Where Hadoop's parser leaves what was given with -libjars. */
  private static final String LIBJARS = "tmpjars";

  private TableTargets() {}

  /**
   * Opens the table that is to learn of the commits, and looks whether it can take them. Takes its
   * properties out of the configuration: a job has no use for them, and they may hold secrets.
   *
   * @return empty if none is named
   * @throws LoaderException if it is not the table that earlier runs told, or cannot be used
   */
  public static Optional<TableStep> open(
      Settings settings, Configuration configuration, LoadOutput output) throws IOException {
    Optional<TableNote> note = TableNote.read(output.store(), output.state());
    boolean accept = settings.get(LoadSettings.ACCEPT_CHANGE);
    if (!settings.isGiven(TableSettings.ICEBERG_TABLE)) {
      if (note.isPresent() && !accept) {
        throw new InvalidSettingException(
            "Earlier runs into "
                + output.state().root()
                + " told the table "
                + note.get().table()
                + ". Set --iceberg-table "
                + note.get().table()
                + ", or --accept-change to leave the table behind in this run.");
      }
      return Optional.empty();
    }
    String table = settings.get(TableSettings.ICEBERG_TABLE);
    String load =
        note.map(TableNote::load)
            .orElseGet(
                () -> output.state().root() + "#" + UUID.randomUUID().toString().substring(0, 8));
    TableTarget target =
        provider(ICEBERG, configuration)
            .open(
                new TableRequest(
                    table,
                    settings.get(TableSettings.CREATE_TABLE),
                    settings.get(FileSettings.FORMAT).id(),
                    load,
                    take(ICEBERG + ".", configuration),
                    new Configuration(configuration)));
    try {
      Optional<String> identity = target.check();
      if (!accept) {
        checkSame(note, table, identity, target, output);
      }
      TableNote now = TableNote.of(ICEBERG, table, identity.orElse(null), load);
      return Optional.of(new TableStep(target, now, output.store(), output.state()));
    } catch (IOException e) {
      target.close();
      throw e;
    }
  }

  private static void checkSame(
      Optional<TableNote> note,
      String table,
      Optional<String> identity,
      TableTarget target,
      LoadOutput output)
      throws IOException {
    String all =
        " --accept-change appends all that stands in "
            + output.state().root()
            + " to it, and then what is new.";
    if (note.isEmpty()) {
      if (new CommitStore(output.store(), output.state()).list().last() > 0) {
        throw new InvalidSettingException(
            "Earlier runs into "
                + output.state().root()
                + " told no table. "
                + target
                + " has nothing of them."
                + all);
      }
      return;
    }
    if (!note.get().table().equals(table)) {
      throw new InvalidSettingException(
          "Earlier runs told the table "
              + note.get().table()
              + ", and --iceberg-table is "
              + table
              + "."
              + all);
    }
    String before = note.get().identity();
    if (before != null && !Optional.of(before).equals(identity)) {
      throw new InvalidSettingException(
          target
              + (identity.isEmpty()
                  ? " is gone: earlier runs told it (uuid " + before + "), and it was dropped."
                  : " is not the one that earlier runs told: it was dropped and created again (uuid "
                      + identity.get()
                      + ", it was "
                      + before
                      + ").")
              + all);
    }
  }

  private static Map<String, String> take(String prefix, Configuration configuration) {
    Map<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      if (entry.getKey().startsWith(prefix)) {
        properties.put(entry.getKey(), configuration.get(entry.getKey()));
      }
    }
    properties.keySet().forEach(configuration::unset);
    return properties;
  }

  private static TableTargetProvider provider(String kind, Configuration configuration)
      throws LoaderException {
    // Of the thread, not of the configuration: for -libjars Hadoop makes a class loader for each,
    // and libraries look for their own classes in the thread's.
    for (TableTargetProvider provider : ServiceLoader.load(TableTargetProvider.class)) {
      if (provider.kind().equals(kind)) {
        leaveHere(provider, configuration);
        return provider;
      }
    }
    throw new LoaderException(
        ExitCode.WRONG_SETTING,
        "--"
            + kind
            + "-table needs kafka-to-hdfs-"
            + kind
            + ".jar, which stands beside kafka-to-hdfs.jar: give it with -libjars PATH, before the"
            + " other options.");
  }

  /** Keeps a provider's jar from being sent to each task, where nothing needs it. */
  private static void leaveHere(TableTargetProvider provider, Configuration configuration) {
    String jar = provider.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
    String jars =
        Arrays.stream(configuration.getTrimmedStrings(LIBJARS))
            .filter(each -> !each.endsWith(jar))
            .collect(Collectors.joining(","));
    if (jars.isEmpty()) {
      configuration.unset(LIBJARS);
    } else {
      configuration.set(LIBJARS, jars);
    }
  }
}
