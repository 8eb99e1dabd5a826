package io.kafkahdfs.producer.plan;

import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.command.RunOrigin;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.run.MapCount;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Plans an export: which files, which task sends what, to which topics, with what promise. */
public final class ExportPlanner {
  private final Configuration configuration;
  private final Settings settings;
  private final RunOrigin origin;
  private final InputLister lister;

  public ExportPlanner(Configuration configuration, Settings settings, RunOrigin origin) {
    this.configuration = configuration;
    this.settings = settings;
    this.origin = origin;
    this.lister = new InputLister(configuration);
  }

  public ExportIdentity identity() throws IOException {
    return ExportIdentity.of(lister.qualified(settings.get(InputSettings.INPUT)), settings);
  }

  /** The export's id: the one that is given, or one that follows from what is exported. */
  public String id() throws IOException {
    Optional<String> given = settings.find(ExportSettings.EXPORT_ID);
    return given.isPresent()
        ? given.get()
        : identity().derivedId(settings.get(ExportSettings.BOOTSTRAP_SERVERS));
  }

  public List<InputFile> files() throws IOException {
    return lister.list(inputs()).files();
  }

  /** Tells what a new plan leaves out; empty if nothing. */
  public String leftOut(ExportPlan plan) throws IOException {
    return leftOut("Passed over for their names", lister.list(inputs()).hidden())
        + leftOut("Left out as they are still being written", plan.leftOpen());
  }

  private static String leftOut(String why, List<String> paths) {
    return paths.isEmpty()
        ? ""
        : why
            + ": "
            + paths.size()
            + (paths.size() == 1 ? " file or folder, " : " files or folders, such as ")
            + paths.get(0)
            + "\n";
  }

  private List<String> inputs() {
    return settings.get(InputSettings.INPUT);
  }

  /**
   * A plan that does not say yet how its target is.
   *
   * @param export the export's id
   * @param folder where its state is
   */
  public ExportPlan plan(String export, Path folder, KafkaTarget target) throws IOException {
    InputListing listing = lister.list(inputs());
    listing.check(settings.get(InputSettings.ON_OPEN));
    List<InputFile> files = listing.files();
    FormatReader reader = InputReading.of(settings, configuration);
    new InputCheck(reader, settings.get(InputSettings.ON_BAD)).check(files);
    boolean unordered = settings.get(InputSettings.UNORDERED);
    return new ExportPlan(
        export,
        origin.user(),
        origin.host(),
        origin.started().toString(),
        settings.get(ExportSettings.BOOTSTRAP_SERVERS),
        identity(),
        guarantee(target),
        topics(files, reader, target),
        SplitPlanner.plan(
            files,
            new MapCount(settings.find(ExportSettings.MAPS), configuration),
            (unordered ? splittable(files, reader) : Set.<InputFile>of())::contains),
        ExportPlan.sender(export, folder.toString(), origin.run()),
        null,
        listing.open(),
        origin.run());
  }

  private static Set<InputFile> splittable(List<InputFile> files, FormatReader reader)
      throws IOException {
    Set<InputFile> splittable = new HashSet<>();
    for (InputFile file : files) {
      if (reader.isSplittable(new Path(file.path()))) {
        splittable.add(file);
      }
    }
    return splittable;
  }

  private Guarantee guarantee(KafkaTarget target) throws IOException {
    Optional<Guarantee> wanted = settings.find(ExportSettings.GUARANTEE);
    if (wanted.equals(Optional.of(Guarantee.AT_LEAST_ONCE))) {
      return Guarantee.AT_LEAST_ONCE;
    }
    boolean possible = target.transactions().isPresent();
    if (!possible && wanted.isPresent()) {
      throw new LoaderException(
          ExitCode.WRONG_SETTING,
          "--guarantee exactly-once needs brokers with transactions, Kafka 0.11 or newer, and these"
              + " have none. Set --guarantee at-least-once, or leave it out.");
    }
    return possible ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE;
  }

  private List<String> topics(List<InputFile> files, FormatReader reader, KafkaTarget target)
      throws IOException {
    Optional<String> fixed = settings.find(ExportSettings.TOPIC);
    if (fixed.isPresent()) {
      return List.of(fixed.get());
    }
    TargetTopics targets = new TargetTopics(target, settings);
    Set<String> topics = new TreeSet<>();
    for (InputFile file : files) {
      if (file.length() > 0) {
        sourceTopic(file, reader).ifPresent(source -> topics.add(targets.named(source)));
      }
    }
    if (topics.isEmpty() && files.stream().anyMatch(file -> file.length() > 0)) {
      throw new InvalidSettingException(
          "--topic-from-record needs archives of kafka-to-hdfs, and none is in the input. Set"
              + " --topic instead.");
    }
    return List.copyOf(topics);
  }

  private Optional<String> sourceTopic(InputFile file, FormatReader reader) throws IOException {
    try {
      return reader.topic(new Path(file.path()));
    } catch (IOException e) {
      if (settings.get(InputSettings.ON_BAD) == Tolerance.SKIP) {
        // The task that reads it will count it as bad.
        return Optional.empty();
      }
      throw new LoaderException(
          ExitCode.FAILURE,
          file.path()
              + " is damaged, or no file of --format "
              + settings.get(InputSettings.FORMAT)
              + ": "
              + e.getMessage()
              + ". Mend or remove it, or set --on-bad skip to count it as bad and continue.",
          e);
    }
  }
}
