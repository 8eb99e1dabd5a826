package io.kafkahdfs.producer.look;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaTarget;
import io.kafkahdfs.client.TargetTopic;
import io.kafkahdfs.client.TopicRules;
import io.kafkahdfs.command.Console;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.config.Timestamps;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.partition.TargetTopics;
import io.kafkahdfs.producer.plan.InputFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * One look, before anything is sent, at what the topics of an export would refuse or not keep.
 *
 * @param notes what the user should know
 * @param warnings what the user will probably not want
 * @param batchBytes how large the batches may be that these topics take
 */
public record TargetLook(List<String> notes, List<String> warnings, int batchBytes) {
  public TargetLook {
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
  }

  /**
   * Looks at the topics that are known to be sent to and exist.
   *
   * @param input what is sent, in the order in which it is planned
   * @throws InvalidSettingException if something cannot be sent with these settings
   */
  public static TargetLook at(
      KafkaTarget target,
      Collection<String> topics,
      Collection<InputFile> input,
      Settings settings,
      Configuration configuration)
      throws IOException {
    Collection<TargetTopic> described = target.describe(Set.copyOf(topics)).values();
    boolean timestamps =
        target.generation() != Generation.LEGACY
            && settings.get(InputSettings.FORMAT).format().keepsOrigin()
            && settings.get(ExportSettings.TIMESTAMPS) == Timestamps.KEEP;
    boolean timesMatter =
        timestamps
            && described.stream()
                .flatMap(topic -> topic.rules().stream())
                .anyMatch(TargetLook::minds);
    ArchiveTimes times =
        timesMatter
            ? ArchiveTimes.of(
                input,
                InputReading.of(settings, configuration),
                new TargetTopics(target, settings)::named)
            : new ArchiveTimes(0, 0, Map.of());
    Finder finder = new Finder(settings, times, timestamps, Instant.now());
    for (TargetTopic topic : described) {
      finder.look(topic);
    }
    return finder.found();
  }

  private static boolean minds(TopicRules rules) {
    return !rules.stampsArrival()
        && ((rules.deletes() && rules.retention().isPresent())
            || rules.oldestTaken().isPresent()
            || rules.newestTaken().isPresent());
  }

  /** Tells the user. */
  public void tell(Console console) {
    notes.forEach(note -> console.print(note + "\n"));
    warnings.forEach(console::warn);
  }

  /** Tells a job's tasks what they must heed. */
  public void putInto(Configuration configuration) {
    TargetConnection.keepBatchBytes(batchBytes, configuration);
  }

  private static final class Finder {
    private final Settings settings;
    private final ArchiveTimes times;
    private final boolean timestamps;
    private final Instant now;
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, List<String>> hidden = new TreeMap<>();
    private int batchBytes;

    Finder(Settings settings, ArchiveTimes times, boolean timestamps, Instant now) {
      this.settings = settings;
      this.times = times;
      this.timestamps = timestamps;
      this.now = now;
      this.batchBytes = TargetConnection.sendSettings(settings).batchBytes();
    }

    void look(TargetTopic topic) throws InvalidSettingException {
      if (topic.rules().isEmpty()) {
        hidden
            .computeIfAbsent(topic.hidden().orElse(""), why -> new ArrayList<>())
            .add(topic.name());
        return;
      }
      TopicRules rules = topic.rules().get();
      lookAtReplicas(topic.name(), rules);
      lookAtBatches(topic.name(), rules);
      if (timestamps && rules.stampsArrival()) {
        notes.add(
            "Topic "
                + topic.name()
                + " gives records the time at which they arrive"
                + " (message.timestamp.type=LogAppendTime): the timestamps of archive records are"
                + " left out.");
      }
      ArchiveTimes.Span span = times.byTopic().get(topic.name());
      if (span != null && !rules.stampsArrival()) {
        lookAtTimes(topic.name(), rules, span);
      }
    }

    private void lookAtReplicas(String topic, TopicRules rules) throws InvalidSettingException {
      String needed = "Topic " + topic + " has min.insync.replicas=" + rules.minInSync() + ", but ";
      if (rules.replicas() < rules.minInSync()) {
        throw new InvalidSettingException(
            needed
                + "a partition with no more than "
                + rules.replicas()
                + " replicas, so that it takes no record. Lower the one, or add to the other.");
      }
      if (rules.inSync() < rules.minInSync()) {
        warnings.add(
            needed
                + "a partition with no more than "
                + rules.inSync()
                + " replicas in sync now: it takes no record until more are.");
      }
    }

    private void lookAtBatches(String topic, TopicRules rules) throws InvalidSettingException {
      if (rules.maxMessageBytes() >= batchBytes) {
        return;
      }
      if (settings.isGiven(ExportSettings.BATCH_BYTES)) {
        throw new InvalidSettingException(
            "--batch-bytes "
                + batchBytes
                + " is more than topic "
                + topic
                + " takes: max.message.bytes="
                + rules.maxMessageBytes()
                + ". Set it to no more than that.");
      }
      batchBytes = rules.maxMessageBytes();
      notes.add(
          "Batches have no more than "
              + batchBytes
              + " bytes: topic "
              + topic
              + " takes no larger ones (max.message.bytes).");
    }

    private void lookAtTimes(String topic, TopicRules rules, ArchiveTimes.Span span)
        throws InvalidSettingException {
      if (rules.oldestTaken().isPresent()
          && span.oldest().isBefore(before(rules.oldestTaken().get()))) {
        refuse(
            "Topic "
                + topic
                + " takes no record that is older than "
                + days(rules.oldestTaken().get())
                + " (message.timestamp.before.max.ms="
                + rules.oldestTaken().get().toMillis()
                + "), and "
                + span.oldestIn()
                + " begins with one of "
                + span.oldest());
      }
      if (rules.newestTaken().isPresent()
          && before(rules.newestTaken().get().negated()).isBefore(span.newest())) {
        refuse(
            "Topic "
                + topic
                + " takes no record from further in the future than "
                + days(rules.newestTaken().get())
                + " (message.timestamp.after.max.ms="
                + rules.newestTaken().get().toMillis()
                + "), and "
                + span.newestIn()
                + " begins with one of "
                + span.newest());
      }
      if (rules.deletes()
          && rules.retention().isPresent()
          && span.oldest().isBefore(before(rules.retention().get()))) {
        warnings.add(
            "Topic "
                + topic
                + " deletes records that are older than "
                + days(rules.retention().get())
                + " (retention.ms="
                + rules.retention().get().toMillis()
                + "), and "
                + span.oldestIn()
                + " begins with one of "
                + span.oldest()
                + ": what is as old is sent, and deleted soon after. Raise retention.ms first, or"
                + " set --timestamps now. "
                + scope());
      }
    }

    /** A mapper may leave such records out, or change them. */
    private void refuse(String what) throws InvalidSettingException {
      if (settings.isGiven(ExportSettings.MAPPER)) {
        warnings.add(what + ". " + scope());
        return;
      }
      throw new InvalidSettingException(
          what + ". Set --timestamps now, or change the topic. " + scope());
    }

    private String scope() {
      return "(For this " + times.scope() + ".)";
    }

    /** Of limits without bounds the earliest time that there is. */
    private Instant before(Duration age) {
      try {
        return now.minus(age);
      } catch (DateTimeException | ArithmeticException e) {
        return age.isNegative() ? Instant.MAX : Instant.MIN;
      }
    }

    private static String days(Duration age) {
      return age.toDays() > 1
          ? age.toDays() + " days"
          : age.toHours() > 1 ? age.toHours() + " hours" : age.toSeconds() + " s";
    }

    TargetLook found() {
      hidden.forEach(
          (why, topics) ->
              notes.add(
                  "How topic "
                      + String.join(", ", topics)
                      + " is configured cannot be looked at: "
                      + why
                      + ". Whether it takes and keeps all records shows when they are sent."));
      return new TargetLook(notes, warnings, batchBytes);
    }
  }
}
