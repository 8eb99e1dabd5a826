package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.plan.EndPolicy;
import io.kafkahdfs.consumer.plan.PlanPolicy;
import io.kafkahdfs.consumer.plan.RunLimits;
import io.kafkahdfs.consumer.plan.StartPolicy;
import java.util.List;
import java.util.Optional;

/** What the settings say of a plan. */
public final class PlanSettings {
  public static final Setting<EndPolicy> END =
      new Setting<>(
          LoadSettings.RANGES,
          "load.end",
          List.of("--end"),
          "WHERE",
          new ValueType<>(
              "latest, timestamp:TIME (ISO 8601: timestamp:2026-02-01T00:00:00Z) or offsets:FILE"
                  + " (lines TOPIC:PARTITION:OFFSET)",
              EndPolicy::parse),
          Optional.of("latest"),
          "Where a run ends at the latest; the next one resumes from there. timestamp: ends before"
              + " the first record of that time or later, or at the end if there is none; Kafka 0.9"
              + " cannot tell that. offsets: takes a local file of lines TOPIC:PARTITION:OFFSET, the"
              + " first offset that is not read; it must name every partition, and none beyond its"
              + " end. What lies before the last run's end is not read again.");

  private PlanSettings() {}

  /**
   * @throws InvalidSettingException if a run would end before it begins
   */
  public static PlanPolicy of(Settings settings) throws InvalidSettingException {
    StartPolicy start = settings.get(LoadSettings.START);
    EndPolicy end = settings.get(END);
    if (start instanceof StartPolicy.AtTime from
        && end instanceof EndPolicy.AtTime until
        && until.time().isBefore(from.time())) {
      throw new InvalidSettingException(
          "--end timestamp:"
              + until.time()
              + " is before --start timestamp:"
              + from.time()
              + ". Set a later --end, or an earlier --start.");
    }
    return new PlanPolicy(
        start,
        end,
        settings.get(LoadSettings.ON_MISSING),
        new RunLimits(
            settings.find(LoadSettings.MAX_RECORDS), settings.find(LoadSettings.MAX_BYTES)));
  }
}
