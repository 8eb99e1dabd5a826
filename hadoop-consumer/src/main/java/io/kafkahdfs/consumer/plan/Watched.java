package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.TopicFilter;

/**
 * What earlier runs looked at: a partition that they would have seen and did not has been created
 * since.
 *
 * @param topics which topics the last run asked for
 * @param everyPartition whether the checkpoint has all partitions that the last run saw; commits of
 *     earlier versions do not list those that had no records
 */
public record Watched(TopicFilter topics, boolean everyPartition) {}
