package io.kafkahdfs.modern.connection;

import io.kafkahdfs.client.ClusterSettings;
import io.kafkahdfs.client.Isolation;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Kafka's clients are told: what the user says, what must be so, and for the rest what was
 * measured to be fast.
 */
public final class ClientProperties {
  private static final Logger LOG = LoggerFactory.getLogger(ClientProperties.class);

  /** Those that the user cannot choose, and why or what to use instead. */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "use --bootstrap-server instead"),
          Map.entry("key.deserializer", "records are read as the bytes they are"),
          Map.entry("value.deserializer", "records are read as the bytes they are"),
          Map.entry("group.id", "the offsets of a load stand in its own commits"),
          Map.entry("group.instance.id", "the offsets of a load stand in its own commits"),
          Map.entry("group.protocol", "the offsets of a load stand in its own commits"),
          Map.entry("enable.auto.commit", "the offsets of a load stand in its own commits"),
          Map.entry("auto.offset.reset", "missing offsets are reported and never jumped over"),
          Map.entry("allow.auto.create.topics", "reading must not create topics"),
          Map.entry("max.partition.fetch.bytes", "use --fetch-bytes instead"));

  /** The same, of the producer's. */
  private static final Map<String, String> OWNED_IN_SENDING =
      Map.of(
          "acks", "a record counts as sent when all replicas in sync have it",
          "retries", "it is tried again until --timeout is over",
          "enable.idempotence", "it keeps records in order and prevents duplicates",
          "transactional.id", "use --export-id instead",
          "key.serializer", "records are sent as the bytes they are",
          "value.serializer", "records are sent as the bytes they are",
          "compression.type", "use --compression instead",
          "batch.size", "use --batch-bytes instead",
          "linger.ms", "use --linger instead");

  private static final List<String> KNOWN_PREFIXES = List.of("ssl.", "sasl.", "security.");

  /** A poll hands on at most so many records, so that small ones do not fill the memory. */
  private static final int MAX_POLL_RECORDS = 10_000;

  private static final int FETCH_MAX_BYTES = 64 << 20;
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  /** Long polls of a consumer that reads what is there already only make it wait. */
  private static final int FETCH_MAX_WAIT_MS = 10;

  /** The broker decides which record is too large, not the client. */
  private static final int MAX_REQUEST_BYTES = 64 << 20;

  private static final long BUFFER_BYTES = 64L << 20;
  private static final int SEND_BUFFER_BYTES = 1 << 20;

  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

  private final ClusterSettings settings;
  private final Map<String, String> given;

  private ClientProperties(ClusterSettings settings, Map<String, String> given) {
    this.settings = settings;
    this.given = given;
  }

  /**
   * Checks the user's properties, and warns of those that no client knows.
   *
   * @throws LoaderException if one must not be chosen
   */
  public static ClientProperties of(ClusterSettings settings) throws LoaderException {
    if (settings.bootstrapServers().isEmpty()) {
      throw new LoaderException(ExitCode.WRONG_SETTING, "No bootstrap server is given");
    }
    Map<String, String> given = new TreeMap<>(settings.client());
    for (String name : given.keySet()) {
      if (OWNED.containsKey(name)) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "kafka." + name + " cannot be set: " + OWNED.get(name) + ". Remove it.");
      }
      if (!isKnown(name)) {
        LOG.warn("kafka.{} is handed to Kafka's client, which does not know such a property", name);
      }
    }
    ClientProperties properties = new ClientProperties(settings, given);
    properties.isolation();
    return properties;
  }

  private static boolean isKnown(String name) {
    return ConsumerConfig.configNames().contains(name)
        || AdminClientConfig.configNames().contains(name)
        || ProducerConfig.configNames().contains(name)
        || KNOWN_PREFIXES.stream().anyMatch(name::startsWith);
  }

  public Duration timeout() {
    return settings.timeout();
  }

  /** How the servers are named in messages. */
  public String servers() {
    return String.join(",", settings.bootstrapServers());
  }

  /** How the client speaks to the servers. */
  String securityProtocol() {
    return given.getOrDefault("security.protocol", "PLAINTEXT").strip();
  }

  /**
   * The isolation that the user asks for, if any.
   *
   * @throws LoaderException if there is no such isolation
   */
  public Optional<Isolation> isolation() throws LoaderException {
    String level = given.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
    if (level == null) {
      return Optional.empty();
    }
    return switch (level.strip()) {
      case "read_committed" -> Optional.of(Isolation.READ_COMMITTED);
      case "read_uncommitted" -> Optional.of(Isolation.READ_UNCOMMITTED);
      default ->
          throw new LoaderException(
              ExitCode.WRONG_SETTING,
              "kafka.isolation.level=" + level + " must be read_committed or read_uncommitted");
    };
  }

  /** How long a request may take; then it is taken for lost and sent again. */
  public Duration requestTimeout() {
    String millis = given.get(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG);
    return millis == null
        ? least(timeout(), LONGEST_REQUEST)
        : Duration.ofMillis(Long.parseLong(millis.strip()));
  }

  Map<String, Object> admin() {
    Map<String, Object> properties = common(AdminClientConfig.configNames());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }

  /**
   * @param brokers what the brokers understand
   */
  public Map<String, Object> consumer(ReadSettings reading, BrokerAbilities brokers) {
    Map<String, Object> properties = common(ConsumerConfig.configNames());
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    properties.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, RECEIVE_BUFFER_BYTES);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, reading.fetchBytes());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, !brokers.canBeToldNotToCreateTopics());
    properties.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        isolation(reading, brokers) == Isolation.READ_COMMITTED
            ? "read_committed"
            : "read_uncommitted");
    return properties;
  }

  /** Brokers without transactions have nothing to hide, and refuse to be asked to. */
  private static Isolation isolation(ReadSettings reading, BrokerAbilities brokers) {
    return brokers.transactions()
        ? reading.isolation().orElse(brokers.isolation())
        : Isolation.READ_UNCOMMITTED;
  }

  /**
   * Checks the user's properties for a sender.
   *
   * @throws LoaderException if one must not be chosen
   */
  public void checkForSending() throws LoaderException {
    for (String name : given.keySet()) {
      if (OWNED_IN_SENDING.containsKey(name)) {
        throw new LoaderException(
            ExitCode.WRONG_SETTING,
            "kafka." + name + " cannot be set: " + OWNED_IN_SENDING.get(name) + ". Remove it.");
      }
    }
  }

  /** For sending without transactions. */
  public Map<String, Object> producer(SendSettings sending, BrokerAbilities brokers) {
    Map<String, Object> properties = anyProducer(sending);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, brokers.transactions());
    if (!brokers.transactions()) {
      // Else a retry could overtake what was sent later.
      properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    }
    return properties;
  }

  /** For sending in transactions under an id. */
  public Map<String, Object> transactionalProducer(SendSettings sending, String id) {
    Map<String, Object> properties = anyProducer(sending);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    return properties;
  }

  private Map<String, Object> anyProducer(SendSettings sending) {
    Map<String, Object> properties = common(ProducerConfig.configNames());
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.putIfAbsent(ProducerConfig.SEND_BUFFER_CONFIG, SEND_BUFFER_BYTES);
    properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(timeout()));
    Duration delivery = least(timeout(), LONGEST_REQUEST).plus(sending.linger());
    properties.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        millis(delivery.compareTo(timeout()) > 0 ? delivery : timeout()));
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        sending.compression().name().toLowerCase(Locale.ROOT));
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, sending.batchBytes());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, sending.linger().toMillis());
    return properties;
  }

  /** What all clients are told; the user's properties that this client or none knows. */
  private Map<String, Object> common(Set<String> names) {
    Map<String, Object> properties = new HashMap<>();
    Set<String> others = new HashSet<>(ConsumerConfig.configNames());
    others.addAll(AdminClientConfig.configNames());
    others.addAll(ProducerConfig.configNames());
    others.removeAll(names);
    given.forEach(
        (name, value) -> {
          if (!others.contains(name)) {
            properties.put(name, value);
          }
        });
    properties.putIfAbsent("client.id", "kafka-hdfs");
    // Nobody looks at them, and registering them takes longer than a small range does.
    properties.putIfAbsent("metric.reporters", "");
    properties.putIfAbsent("auto.include.jmx.reporter", "false");
    properties.putIfAbsent("enable.metrics.push", "false");
    properties.putIfAbsent("default.api.timeout.ms", millis(timeout()));
    properties.putIfAbsent("request.timeout.ms", millis(least(timeout(), LONGEST_REQUEST)));
    properties.putIfAbsent(
        "socket.connection.setup.timeout.ms", millis(least(timeout(), LONGEST_CONNECT)));
    properties.putIfAbsent("reconnect.backoff.max.ms", LONGEST_BACKOFF.toMillis());
    properties.keySet().retainAll(withoutUnknownDefaults(properties, names));
    return properties;
  }

  /** Names of this client, and all that the user gave. */
  private Set<String> withoutUnknownDefaults(Map<String, Object> properties, Set<String> names) {
    Set<String> kept = new HashSet<>(properties.keySet());
    kept.removeIf(name -> !names.contains(name) && !given.containsKey(name));
    return kept;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
