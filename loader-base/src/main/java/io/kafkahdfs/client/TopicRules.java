package io.kafkahdfs.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What a topic takes, and what becomes of it: its configuration as it was when it was asked for.
 *
 * @param maxMessageBytes how large a batch may be, compressed if it is ({@code max.message.bytes})
 * @param deletes whether old records are deleted ({@code cleanup.policy})
 * @param compacts whether only the last record of each key is kept; one without a key is refused
 * @param retention how old records become before they are deleted, if it is limited ({@code
 *     retention.ms}); counts for nothing unless {@code deletes}
 * @param stampsArrival whether records get the time at which they arrive in place of their own
 *     ({@code message.timestamp.type=LogAppendTime})
 * @param oldestTaken how far in the past a record's time may be, if that is limited ({@code
 *     message.timestamp.before.max.ms}); counts for nothing if {@code stampsArrival}
 * @param newestTaken the same of the future ({@code message.timestamp.after.max.ms})
 * @param minInSync how many replicas must have a record before it is acknowledged
 * @param replicas how many replicas the partition with the fewest has
 * @param inSync how many replicas in sync the partition with the fewest has
 */
public record TopicRules(
    int maxMessageBytes,
    boolean deletes,
    boolean compacts,
    Optional<Duration> retention,
    boolean stampsArrival,
    Optional<Duration> oldestTaken,
    Optional<Duration> newestTaken,
    int minInSync,
    int replicas,
    int inSync) {}
