package io.kafkahdfs.testkit.kafka;

/**
 * A header to send.
 *
 * @param key its name
 * @param value may be null
 */
public record TestHeader(String key, byte[] value) {}
