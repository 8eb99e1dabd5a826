package io.kafkahdfs.testkit.registry;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A server on the loopback address that answers as it is told, and whatever else is asked as a
 * schema registry does that has nothing.
 */
public final class StubRegistry implements AutoCloseable {
  private static final String JSON = "application/vnd.schemaregistry.v1+json";

  static {
    // Else each answer waits until the client has acknowledged its head, which takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * What somebody asked.
   *
   * @param what method and path: {@code GET /subjects}
   */
  public record Request(String what, Headers headers, String body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.getFirst(name));
    }
  }

  /** What is answered: some bytes, some times over, and the end or none. */
  public record Answer(
      int status, String contentType, Map<String, String> headers, byte[] body, long times) {
    public static Answer of(int status, String contentType, String body) {
      return new Answer(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8), 1);
    }

    public static Answer json(int status, String body) {
      return of(status, JSON, body);
    }

    /** As a registry names what is wrong. */
    public static Answer fault(int status, int code, String message) {
      return json(status, "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}");
    }

    /** A page for browsers. */
    public static Answer page(int status) {
      return of(status, "text/html", "<html><body>Welcome</body></html>");
    }

    public static Answer redirection(String location) {
      return new Answer(302, "text/html", Map.of("Location", location), new byte[0], 1);
    }

    /** An answer that begins and does not end. */
    public static Answer endless() {
      return new Answer(200, JSON, Map.of(), new byte[] {'{'}, 0);
    }

    public static Answer huge(long bytes) {
      byte[] block = new byte[1 << 16];
      Arrays.fill(block, (byte) ' ');
      return new Answer(200, JSON, Map.of(), block, bytes / block.length);
    }
  }

  private StubRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static StubRegistry start() throws IOException {
    return new StubRegistry(HttpServer.create(address(), 0), "http");
  }

  /**
   * Starts one that speaks TLS.
   *
   * @param clients whether clients must show a certificate that the context trusts
   */
  public static StubRegistry start(SSLContext context, boolean clients) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setNeedClientAuth(clients);
            parameters.setSSLParameters(wanted);
          }
        });
    return new StubRegistry(server, "https");
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Says what to answer to a question, one after the other; the last one from then on.
   *
   * @param what method and path: {@code GET /subjects}
   */
  public StubRegistry answer(String what, Answer... given) {
    answers.put(what, new ArrayDeque<>(List.of(given)));
    return this;
  }

  /** Has a schema of Avro. */
  public StubRegistry schema(int id, String schema) {
    String text = schema.replace("\\", "\\\\").replace("\"", "\\\"");
    return answer("GET /schemas/ids/" + id, Answer.json(200, "{\"schema\":\"" + text + "\"}"));
  }

  /** All that was asked so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(new Request(what, exchange.getRequestHeaders(), body));
      send(exchange, next(what));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer next(String what) {
    Deque<Answer> given = answers.get(what);
    if (given == null) {
      return what.startsWith("GET /schemas/ids/")
          ? Answer.fault(404, 40403, "Schema not found")
          : Answer.fault(404, 404, "HTTP 404 Not Found");
    }
    return given.size() > 1 ? given.poll() : given.peek();
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), 0);
    if (answer.times() == 0) {
      exchange.getResponseBody().write(answer.body());
      exchange.getResponseBody().flush();
      end.await();
    }
    for (long i = 0; i < answer.times(); i++) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** Ends it; its port listens no more. */
  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
