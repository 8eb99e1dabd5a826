package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.plan.PlanPolicy;
import io.kafkahdfs.consumer.plan.RunLimits;

/** What the settings say of a plan. */
public final class PlanSettings {
  private PlanSettings() {}

  public static PlanPolicy of(Settings settings) {
    return new PlanPolicy(
        settings.get(LoadSettings.START),
        settings.get(LoadSettings.ON_MISSING),
        new RunLimits(
            settings.find(LoadSettings.MAX_RECORDS), settings.find(LoadSettings.MAX_BYTES)));
  }
}
