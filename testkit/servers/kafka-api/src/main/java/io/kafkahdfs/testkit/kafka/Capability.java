package io.kafkahdfs.testkit.kafka;

/** What some Kafkas can do, or their clients see, and others cannot. */
public enum Capability {
  /** Records have a time, and tell who gave it; since 0.10.0. */
  TIMESTAMPS,
  /** The broker can give records their time; since 0.10.0. */
  STAMPING,
  /** Topics can be kept in the message format of 0.9, without times; from 0.10.0 to 3.x. */
  OLD_MESSAGE_FORMAT,
  /** The cluster has an id; since 0.10.1. */
  CLUSTER_ID,
  /** Records have headers; since 0.11. */
  HEADERS,
  /** Records are committed or aborted together; since 0.11. */
  TRANSACTIONS,
  /** Records can be deleted from the front of a partition; since 0.11. */
  DELETE_RECORDS,
  /** Offsets can be kept for a group that has no members, by request. */
  PUBLISHED_OFFSETS,
  /** Topics have ids; since 2.8. */
  TOPIC_IDS
}
