package io.kafkahdfs.testkit.hadoop;

/**
 * What a command did.
 *
 * @param exitCode as the shell would see it; 137 if it was killed
 */
public record CommandResult(int exitCode, String stdout, String stderr) {}
