package io.kafkahdfs.consumer.read;

/**
 * Where a split stands among those of its plan.
 *
 * @param index from 0 on. Of two splits that read of one partition, the one with the lower index
 *     reads the earlier offsets; MapReduce numbers tasks otherwise, by size.
 * @param continued whether an earlier split reads what lies before the first of its ranges
 */
public record SplitPlace(int index, boolean continued) {}
