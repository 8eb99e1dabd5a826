package io.kafkahdfs.consumer.state;

import io.kafkahdfs.store.FileStore;

/**
 * The output of a load, and how to reach it.
 *
 * @param store the file system that it is on
 * @param state its state
 */
public record LoadOutput(FileStore store, StateFolder state) {}
