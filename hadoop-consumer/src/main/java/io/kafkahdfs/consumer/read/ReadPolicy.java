package io.kafkahdfs.consumer.read;

import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.config.Tolerance;

/**
 * How to read.
 *
 * @param onMissing what to do about offsets that retention removed since the plan was made
 * @param onBad what to do about damaged records if no {@link DamageSink} decides: {@link
 *     OnBad#QUARANTINE} needs one
 * @param settings sizes
 */
public record ReadPolicy(Tolerance onMissing, OnBad onBad, ReadSettings settings) {}
