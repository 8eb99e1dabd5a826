package io.kafkahdfs.client;

import io.kafkahdfs.offset.PartitionId;
import java.util.Optional;

/**
 * A partition as the cluster describes it.
 *
 * @param id which one
 * @param leaderHost the host of its leader, for placing tasks; empty while it has none
 */
public record PartitionInfo(PartitionId id, Optional<String> leaderHost) {}
