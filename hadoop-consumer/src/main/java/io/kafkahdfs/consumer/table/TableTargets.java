package io.kafkahdfs.consumer.table;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.CommitLog;
import io.kafkahdfs.consumer.commit.CommitStore;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.LayoutFolders;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.TableKind;
import io.kafkahdfs.consumer.config.TableSettings;
import io.kafkahdfs.consumer.plan.LoadIdentity;
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
    Optional<TableKind> kind = TableKind.of(settings);
    if (kind.isEmpty()) {
      if (note.isPresent() && !accept) {
        throw new InvalidSettingException(
            "Earlier runs into "
                + output.state().root()
                + " told the table "
                + note.get().table()
                + ". Set --"
                + note.get().kind()
                + "-table "
                + note.get().table()
                + ", or --accept-change to leave the table behind in this run.");
      }
      return Optional.empty();
    }
    String id = kind.get().id();
    String table = settings.get(kind.get().setting());
    String load =
        note.map(TableNote::load)
            .orElseGet(
                () -> output.state().root() + "#" + UUID.randomUUID().toString().substring(0, 8));
    TableTargetProvider provider = provider(id, configuration);
    TableTarget target =
        open(
            provider,
            new TableRequest(
                table,
                settings.get(TableSettings.CREATE_TABLE),
                settings.get(FileSettings.FORMAT).id(),
                output.state().root(),
                LayoutFolders.of(settings),
                load,
                take(id + ".", configuration),
                new Configuration(configuration)));
    try {
      Optional<String> identity = identity(target);
      TableNote now = TableNote.of(id, table, identity.orElse(null), load);
      if (!accept) {
        checkSame(note, now, target, output, appendsAll(output));
      }
      // Who accepts a change wants all to be told that stands.
      Long told = accept ? null : note.filter(now::isOfSameTable).map(TableNote::told).orElse(null);
      return Optional.of(
          new TableStep(target, now.with(now.identity(), told), output.store(), output.state()));
    } catch (IOException e) {
      target.close();
      throw e;
    }
  }

  /**
   * Opens a table that was told before.
   *
   * @return empty if the jar that tells it is not there, or there is no such table yet
   * @throws LoaderException if it is another one now, or cannot be reached
   */
  static Optional<TableStep> known(TableNote note, LoadOutput output, Configuration configuration)
      throws IOException {
    Map<String, String> properties = take(note.kind() + ".", configuration);
    Optional<TableTargetProvider> provider = find(note.kind(), configuration);
    Optional<Commit> last = new CommitLog(output.store(), output.state()).last();
    if (provider.isEmpty() || last.isEmpty() || note.identity() == null) {
      return Optional.empty();
    }
    LoadIdentity load = last.get().load();
    TableTarget target =
        open(
            provider.get(),
            new TableRequest(
                note.table(),
                false,
                load.format(),
                output.state().root(),
                LayoutFolders.of(load),
                note.load(),
                properties,
                new Configuration(configuration)));
    try {
      TableNote now =
          TableNote.of(note.kind(), note.table(), identity(target).orElse(null), note.load());
      checkSame(
          Optional.of(note), now, target, output, " Leave -libjars out to change the load alone.");
      return Optional.of(new TableStep(target, note, output.store(), output.state()));
    } catch (IOException e) {
      target.close();
      throw e;
    }
  }

  private static TableTarget open(TableTargetProvider provider, TableRequest request)
      throws IOException {
    try {
      return provider.open(request);
    } catch (LinkageError e) {
      throw missing(request.table(), e);
    }
  }

  private static Optional<String> identity(TableTarget target) throws IOException {
    try {
      return target.check();
    } catch (LinkageError e) {
      throw missing(target.toString(), e);
    }
  }

  private static LoaderException missing(String table, LinkageError cause) {
    return new LoaderException(
        ExitCode.WRONG_SETTING,
        table
            + " needs a class that is not there, or not the one that it was made for: "
            + cause
            + ". Give the jar that has it with -libjars, beside the others.",
        cause);
  }

  private static String appendsAll(LoadOutput output) {
    return " --accept-change appends all that stands in "
        + output.state().root()
        + " to it, and then what is new.";
  }

  /**
   * @param wayOut a sentence for the message
   */
  private static void checkSame(
      Optional<TableNote> before,
      TableNote now,
      TableTarget target,
      LoadOutput output,
      String wayOut)
      throws IOException {
    if (before.isEmpty()) {
      if (new CommitStore(output.store(), output.state()).list().last() > 0) {
        throw new InvalidSettingException(
            "Earlier runs into "
                + output.state().root()
                + " told no table. "
                + target
                + " has nothing of them."
                + wayOut);
      }
      return;
    }
    if (!now.isCalledLike(before.get())) {
      throw new InvalidSettingException(
          "Earlier runs told the table "
              + before.get().table()
              + ", and --"
              + now.kind()
              + "-table is "
              + now.table()
              + "."
              + wayOut);
    }
    String known = before.get().identity();
    if (known != null && !known.equals(now.identity())) {
      throw new InvalidSettingException(
          target
              + (now.identity() == null
                  ? " is gone: earlier runs told it (" + known + "), and it was dropped."
                  : " is not the one that earlier runs told: it was dropped and created again ("
                      + now.identity()
                      + ", it was "
                      + known
                      + ").")
              + wayOut);
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
    return find(kind, configuration)
        .orElseThrow(
            () ->
                new LoaderException(
                    ExitCode.WRONG_SETTING,
                    "--"
                        + kind
                        + "-table needs kafka-to-hdfs-"
                        + kind
                        + ".jar, which stands beside kafka-to-hdfs.jar: give it with -libjars PATH,"
                        + " before the other options."));
  }

  private static Optional<TableTargetProvider> find(String kind, Configuration configuration) {
    // Of the thread, not of the configuration: for -libjars Hadoop makes a class loader for each,
    // and libraries look for their own classes in the thread's.
    for (TableTargetProvider provider : ServiceLoader.load(TableTargetProvider.class)) {
      if (provider.kind().equals(kind)) {
        leaveHere(provider, configuration);
        return Optional.of(provider);
      }
    }
    return Optional.empty();
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
