package io.kafkahdfs.command;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.stop.StopSignal;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;

/**
 * What a subcommand is called with.
 *
 * @param configuration Hadoop's, with the text of every setting that was given, but for secrets
 * @param credentials the secrets among them
 * @param settings all of them, each checked
 * @param console where to speak
 * @param stop tells when it is to end before its time
 */
public record Invocation(
    Configuration configuration,
    Credentials credentials,
    Settings settings,
    Console console,
    StopSignal stop) {}
