package io.kafkahdfs.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings that both jobs have, declared once; their keys differ in how they begin. */
public final class CommonSettings {
  /** How keys begin that are handed to Kafka's client, without this beginning. */
  public static final String CLIENT_PREFIX = "kafka.";

  /** The heading of the settings that say how to reach Kafka. */
  public static final String KAFKA = "Kafka";

  /** The heading of the settings that say what keys and values are. */
  public static final String VALUES = "Keys and values";

  /** The heading of the settings of a run as a whole. */
  public static final String RUN = "The run";

  public static final String COMMANDS = "Other commands";

  /** Kafka's clients take times in milliseconds as numbers of 32 bits. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(20);

  private CommonSettings() {}

  public static Setting<List<String>> bootstrapServers(String prefix) {
    return new Setting<>(
        KAFKA,
        prefix + "bootstrap.server",
        List.of("--bootstrap-server", "--bootstrap-servers"),
        "HOST:PORT[,HOST:PORT...]",
        ValueType.list(
            "HOST:PORT, several separated by commas",
            Pattern.compile("[^\\s:/\\[\\]]+:\\d{1,5}|\\[[0-9a-fA-F:]+\\]:\\d{1,5}")),
        Optional.empty(),
        "Brokers to ask for the cluster; a few are enough. Required for a run; other commands"
            + " ask those of the last run.");
  }

  public static Setting<String> commandConfig(String prefix) {
    return new Setting<>(
        KAFKA,
        prefix + "command.config",
        List.of("--command-config"),
        "FILE",
        ValueType.text("a file's name"),
        Optional.empty(),
        "A file of properties for Kafka's client, as Kafka's own tools take it. The same"
            + " properties can be given one by one with the prefix kafka. (as in"
            + " -Dkafka.client.id=x), which wins.");
  }

  public static Setting<Duration> timeout(String prefix) {
    return new Setting<>(
        KAFKA,
        prefix + "timeout",
        List.of("--timeout"),
        "TIME",
        ValueType.duration(LONGEST_TIMEOUT),
        Optional.of("30s"),
        "How long brokers may fail to answer, all retries included, before the run fails.");
  }

  public static Setting<GenerationChoice> generation(String prefix) {
    return new Setting<>(
        KAFKA,
        prefix + "kafka.generation",
        List.of("--kafka-generation"),
        "auto|legacy|modern",
        ValueType.choice(GenerationChoice.class),
        Optional.of("auto"),
        "Which of Kafka's protocols to speak: legacy for 0.8.2 and 0.9, modern for 0.10.2 and"
            + " newer. auto asks the brokers, without harm to old ones; TLS or SASL means"
            + " modern.");
  }

  public static Setting<List<String>> schemaRegistry(String prefix) {
    return new Setting<>(
        VALUES,
        prefix + "schema.registry",
        List.of("--schema-registry"),
        "URL[,URL...]",
        ValueType.list("http:// or https:// and HOST:PORT, several separated by commas"),
        Optional.empty(),
        "The schema registry that knows the schemas of keys and values, with its path if it has"
            + " one (Apicurio's ends in /apis/ccompat/v7). Of several, one that answers is asked.");
  }

  public static Setting<String> schemaRegistryConfig(String prefix) {
    return new Setting<>(
        VALUES,
        prefix + "schema.registry.config",
        List.of("--schema-registry-config"),
        "FILE",
        ValueType.text("a file's name"),
        Optional.empty(),
        "A file of properties for the schema registry, with the keys of Confluent's serializers:"
            + " basic.auth.user.info, bearer.auth.token, ssl.truststore.location and others."
            + " docs/schema-registry.md lists all. What it says is kept secret.");
  }

  public static Setting<String> summary(String prefix) {
    return new Setting<>(
        RUN,
        prefix + "summary",
        List.of("--summary"),
        "FILE",
        ValueType.text("a file's name"),
        Optional.empty(),
        "Write the run's summary to this local file, as JSON.");
  }

  public static Setting<String> metrics(String prefix) {
    return new Setting<>(
        RUN,
        prefix + "metrics",
        List.of("--metrics"),
        "FILE",
        ValueType.text("a file's name, which ends in .prom"),
        Optional.empty(),
        "Write the run's figures to this local file, whether it succeeds or fails, as Prometheus'"
            + " node exporter collects them with --collector.textfile.directory.");
  }

  /** How {@code cat} prints a record. */
  public static Setting<String> recordFormat(String prefix) {
    return new Setting<>(
        COMMANDS,
        prefix + "record.format",
        List.of("--record-format", "-f"),
        "FORMAT",
        ValueType.text("a template such as %t-%p@%o %k: %s\\n"),
        Optional.empty(),
        "cat: print each record so, as kcat does: %t topic, %p partition, %o offset, %T time in ms,"
            + " %k key, %s value, %h headers, %K and %S lengths of key and value (-1 for null), and"
            + " \\n, \\t, \\r, \\0, \\xNN.");
  }

  /** Which records {@code cat} prints. */
  public static Setting<String> where(String prefix) {
    return new Setting<>(
        COMMANDS,
        prefix + "where",
        List.of("--where"),
        "CONDITIONS",
        ValueType.text("conditions with and between them"),
        Optional.empty(),
        "cat: print only records that fit: topic, partition, offset, timestamp, key, value,"
            + " header.NAME or folder.NAME (of a folder NAME=VALUE above the file), then =, !=, <, <=, >, >= or ~ (a regular expression that is found in"
            + " it), and a value, in single quotes if it has spaces; null is none. With and between"
            + " several. forget, verify: only folder.NAME; files that are in such folders.");
  }

  public static Setting<Duration> patience(String prefix) {
    return new Setting<>(
        RUN,
        prefix + "wait",
        List.of("--wait"),
        "TIME",
        ValueType.duration(),
        Optional.empty(),
        "Wait so long for another run to end. Without it, end at once with exit code 3.");
  }

  public static Setting<Boolean> dryRun(String prefix, String documentation) {
    return new Setting<>(
        RUN,
        prefix + "dry.run",
        List.of("--dry-run"),
        "",
        ValueType.flag(),
        Optional.of("false"),
        documentation);
  }
}
