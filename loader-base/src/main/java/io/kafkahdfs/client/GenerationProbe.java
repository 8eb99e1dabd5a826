package io.kafkahdfs.client;

import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a cluster which clients it understands. To be asked must not harm it: a 0.9 broker that is
 * sent an ApiVersions request answers nothing and stalls other clients' fetches meanwhile. So the
 * first question is a fetch of nothing, in a version that 0.9 misreads in a harmless way; who
 * answers it as 0.9 does is not asked the second one.
 */
final class GenerationProbe {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationProbe.class);

  /** How long servers may take to answer before all are asked again. */
  private static final Duration ROUND = Duration.ofSeconds(2);

  /**
   * The first version of a fetch that knows transactions, in Kafka 0.11.
   *
   * @see <a href="https://kafka.apache.org/protocol#The_Messages_Fetch">Fetch</a>
   */
  private static final int FETCH_WITH_ISOLATION = 4;

  private static final Duration PAUSE = Duration.ofMillis(250);

  /**
   * What a server said.
   *
   * @param server the first that answered
   * @param understands the generations of clients that read rightly from it
   * @param takesRecords whether they can send to it, too
   */
  record Answer(String server, Set<Generation> understands, boolean takesRecords) {}

  /** How asking one server ended: with an answer, or a failure that may pass or not. */
  private record Outcome(String server, Answer answer, String failure, boolean mayPass) {}

  private GenerationProbe() {}

  /**
   * Asks all bootstrap servers at once; the first answer decides.
   *
   * @throws KafkaUnreachableException if there is none within the time-out; it names all servers
   * @throws LoaderException if one of them is no {@code host:port}
   */
  static Answer ask(ClusterSettings settings) throws LoaderException, InterruptedIOException {
    List<ServerAddress> servers = new ArrayList<>();
    for (String server : settings.bootstrapServers()) {
      servers.add(ServerAddress.parse(server));
    }
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    for (; ; ) {
      long left = deadline - System.nanoTime();
      Map<String, Outcome> failures = new TreeMap<>();
      Answer answer = askAll(servers, Math.min(left, ROUND.toNanos()), failures);
      if (answer != null) {
        return answer;
      }
      String reasons =
          String.join("; ", failures.values().stream().map(o -> o.server + o.failure).toList());
      boolean mayPass = failures.values().stream().anyMatch(Outcome::mayPass);
      if (!mayPass || deadline - System.nanoTime() <= PAUSE.toNanos()) {
        throw new KafkaUnreachableException(
            "No Kafka broker answers within "
                + settings.timeout().toMillis()
                + " ms: "
                + reasons
                + ". Check --bootstrap-server.",
            null);
      }
      LOG.warn("No Kafka broker answers yet, asking again: {}", reasons);
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while looking for Kafka");
  }

  /** The first answer, or null and everybody's failure. */
  private static Answer askAll(
      List<ServerAddress> servers, long nanos, Map<String, Outcome> failures)
      throws InterruptedIOException {
    long deadline = System.nanoTime() + nanos;
    String limit = TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    for (ServerAddress server : servers) {
      Thread thread =
          new Thread(() -> outcomes.add(askOne(server, deadline, limit)), "ask " + server);
      thread.setDaemon(true);
      thread.start();
      failures.put(
          server.toString(),
          new Outcome(server.toString(), null, " does not answer within " + limit, true));
    }
    for (int i = 0; i < servers.size(); i++) {
      try {
        Outcome outcome =
            outcomes.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (outcome == null) {
          return null;
        }
        if (outcome.answer != null) {
          return outcome.answer;
        }
        failures.put(outcome.server, outcome);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    return null;
  }

  private static Outcome askOne(ServerAddress server, long deadline, String limit) {
    String name = server.toString();
    try {
      return new Outcome(name, answer(server, deadline), null, false);
    } catch (NotKafkaException e) {
      return new Outcome(name, null, " " + e.getMessage(), false);
    } catch (UnknownHostException e) {
      return new Outcome(name, null, " is no known host (UnknownHostException)", false);
    } catch (SocketTimeoutException e) {
      return new Outcome(name, null, " does not answer within " + limit, true);
    } catch (ConnectException e) {
      return new Outcome(name, null, ": " + e.getMessage(), true);
    } catch (IOException e) {
      return new Outcome(
          name, null, ": " + e.getClass().getSimpleName() + ": " + e.getMessage(), true);
    } catch (RuntimeException e) {
      return new Outcome(name, null, ": " + e, false);
    }
  }

  private static Answer answer(ServerAddress server, long deadline) throws IOException {
    Set<Generation> understood = EnumSet.noneOf(Generation.class);
    try {
      ProbeRequest.Age age = ProbeRequest.age(server, deadline);
      understood.add(Generation.LEGACY);
      if (age != ProbeRequest.Age.LATER) {
        // The producer of 0.9 does not understand the acknowledgements of 0.8.
        return new Answer(server.toString(), understood, age != ProbeRequest.Age.V0_8);
      }
    } catch (ProbeRequest.ClosedException e) {
      // As 4.x does with a request that it no longer knows; and others that are not Kafka.
    }
    if (ProbeRequest.apiVersions(server, deadline) >= FETCH_WITH_ISOLATION) {
      // The old client would take records of aborted transactions for real ones.
      understood.remove(Generation.LEGACY);
    }
    understood.add(Generation.MODERN);
    return new Answer(server.toString(), understood, true);
  }
}
