package io.kafkahdfs.legacy.admin;

import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.offset.PartitionId;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a broker said about the cluster.
 *
 * @param leaders all partitions, each with its leader's address if it has one
 * @param brokers all brokers alive
 */
public record ClusterMap(
    SortedMap<PartitionId, Optional<BrokerAddress>> leaders, Set<BrokerAddress> brokers) {}
