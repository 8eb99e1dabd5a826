package io.kafkahdfs.format.registry;

import static io.kafkahdfs.format.registry.RegistryFailures.failure;
import static io.kafkahdfs.format.registry.RegistryFailures.named;

import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Brings questions to one of the servers, and tries again what may pass. Follows no redirection, so
 * that credentials go nowhere else. Not for several threads.
 */
final class RegistryTransport {
  /** More than any schema has. */
  private static final int MOST_BODY_BYTES = 8 << 20;

  private static final String JSON = "application/vnd.schemaregistry.v1+json";

  private final RegistryConfig config;
  private final Pauser pauser;
  private final HttpClient client;

  /** Which server to ask: the one that answered last. */
  private int current;

  RegistryTransport(RegistryConfig config, Pauser pauser) {
    this.config = config;
    this.pauser = pauser;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout());
    config.tls().ifPresent(builder::sslContext);
    client = builder.build();
  }

  boolean hasCredentials() {
    return config.authorization().isPresent();
  }

  /**
   * @param path after the server's own, beginning with a slash
   * @param asked what is asked, for messages: "schema 5"
   */
  RegistryAnswer get(String path, String asked) throws IOException {
    return ask(path, HttpRequest.newBuilder().GET(), asked);
  }

  RegistryAnswer post(String path, byte[] body, String asked) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofByteArray(body));
    return ask(path, request, asked);
  }

  private RegistryAnswer ask(String path, HttpRequest.Builder request, String asked)
      throws IOException {
    request.header("Accept", JSON + ", application/json");
    config.authorization().ifPresent(value -> request.header("Authorization", value));
    for (int round = 0; ; round++) {
      List<String> troubles = new ArrayList<>();
      IOException last = null;
      for (int i = 0; i < config.urls().size(); i++) {
        URI base = config.urls().get(current);
        try {
          RegistryAnswer answer = exchange(base, path, request, asked);
          if (!mayPass(answer.status())) {
            return answer;
          }
          troubles.add(base + ": " + answer.shown());
        } catch (LoaderException | InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          troubles.add(base + ": " + described(e, base));
          last = e;
        }
        current = (current + 1) % config.urls().size();
      }
      if (round == config.retries()) {
        throw failure(
            ("No schema registry answers, asked for %s, tried %d times. %s. See that it is"
                    + " up and that --schema-registry names it, and start again.")
                .formatted(asked, round + 1, String.join("; ", troubles)),
            last);
      }
      pause(config.backoff().after(round, ThreadLocalRandom.current().nextDouble()));
    }
  }

  /** Whether the same question may find another answer soon. */
  private static boolean mayPass(int status) {
    return status >= 500 || status == 429;
  }

  private RegistryAnswer exchange(URI base, String path, HttpRequest.Builder request, String asked)
      throws IOException {
    Duration patience = config.connectTimeout().plus(config.readTimeout());
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(
            request.uri(URI.create(base + path)).build(), head -> new BoundedBody(MOST_BODY_BYTES));
    try {
      // The client's own limit ends with the head of an answer, and a body can trickle for ever.
      HttpResponse<byte[]> response = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new RegistryAnswer(
          base,
          path,
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.headers().firstValue("Location").orElse(""),
          response.body());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new HttpTimeoutException("no whole answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw unpacked(e.getCause(), base, asked);
    }
  }

  private static IOException unpacked(Throwable cause, URI base, String asked) {
    if (cause instanceof SSLException) {
      return failure(
          ("%s cannot be reached with TLS, asked for %s: %s. Does it speak TLS (https)? Is"
                  + " its certificate trusted by ssl.truststore.location in %s, or by Java, and"
                  + " does it name this host? Does it ask for ssl.keystore.location?")
              .formatted(named(base), asked, cause.getMessage(), RegistryFailures.CONFIG),
          cause);
    }
    if (cause instanceof BoundedBody.TooLargeException) {
      return failure(
          "%s is no schema registry: asked for %s, it answered with %s. Correct --schema-registry."
              .formatted(base, asked, cause.getMessage()),
          cause);
    }
    return cause instanceof IOException e ? e : new IOException(cause);
  }

  private void pause(Duration time) throws InterruptedIOException {
    try {
      pauser.pause(time);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        new InterruptedIOException("Interrupted while a schema registry was asked");
    interrupted.initCause(e);
    return interrupted;
  }

  private static String described(IOException e, URI base) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (e instanceof ConnectException) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException) {
          return "there is no such host";
        }
      }
      return "nobody listens there, or connections are refused";
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // A server that speaks TLS 1.3 refuses a client only after it has let it in.
    return base.getScheme().equalsIgnoreCase("https") && !(e instanceof HttpTimeoutException)
        ? message + " (does it ask clients for a certificate (ssl.keystore.location)?)"
        : message;
  }
}
