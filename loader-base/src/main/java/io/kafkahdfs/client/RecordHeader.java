package io.kafkahdfs.client;

/**
 * A header of a record.
 *
 * @param key its name
 * @param value its bytes, may be null; not to be changed
 */
public record RecordHeader(String key, byte[] value) {}
