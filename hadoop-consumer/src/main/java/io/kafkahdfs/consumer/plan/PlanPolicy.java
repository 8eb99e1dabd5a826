package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.config.Tolerance;

/**
 * What the user wants of a plan.
 *
 * @param start where the first run begins
 * @param end where every run ends at the latest
 * @param onMissing what to do about offsets that retention removed
 */
public record PlanPolicy(StartPolicy start, EndPolicy end, Tolerance onMissing, RunLimits limits) {}
