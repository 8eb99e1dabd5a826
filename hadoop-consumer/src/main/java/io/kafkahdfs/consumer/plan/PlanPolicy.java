package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.consumer.config.LoadSettings;
import io.kafkahdfs.consumer.config.StartPolicy;

/**
 * What the user wants of a plan.
 *
 * @param start where the first run begins
 * @param onMissing what to do about offsets that retention removed
 */
public record PlanPolicy(StartPolicy start, Tolerance onMissing, RunLimits limits) {
  public static PlanPolicy of(Settings settings) {
    return new PlanPolicy(
        settings.get(LoadSettings.START),
        settings.get(LoadSettings.ON_MISSING),
        new RunLimits(
            settings.find(LoadSettings.MAX_RECORDS), settings.find(LoadSettings.MAX_BYTES)));
  }
}
