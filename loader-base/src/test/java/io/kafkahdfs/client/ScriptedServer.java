package io.kafkahdfs.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Listens on a free port, and does with each request what its script says. */
final class ScriptedServer implements AutoCloseable {
  private static final short FETCH = 1;

  private final ServerSocket socket;
  private final Script script;
  private final List<Short> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Of the last request; the probe asks one thing at a time. */
  private volatile int correlation;

  /** What happens on a connection; it is closed afterwards. */
  interface Script {
    void run(ScriptedServer server, Socket connection) throws IOException, InterruptedException;
  }

  private ScriptedServer(Script script) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread accepting = new Thread(this::accept);
    accepting.setDaemon(true);
    accepting.start();
  }

  static ScriptedServer start(Script script) throws IOException {
    return new ScriptedServer(script);
  }

  /** Answers a fetch without topics, as Kafka 0.9 does, and hangs on all else. */
  static ScriptedServer old() throws IOException {
    return fetching(0, 0);
  }

  /** The same, as Kafka 0.8 does. */
  static ScriptedServer older() throws IOException {
    return fetching(0);
  }

  private static ScriptedServer fetching(int... words) throws IOException {
    return start(
        (server, connection) -> {
          if (server.request(connection) != FETCH) {
            server.hang();
          }
          server.respond(connection, words);
        });
  }

  /** Answers both questions, as Kafka 0.10 does. */
  static ScriptedServer middle() throws IOException {
    return answering(3);
  }

  /** Answers both questions, as Kafka from 0.11 to 3.9 does. */
  static ScriptedServer withTransactions() throws IOException {
    return answering(4);
  }

  private static ScriptedServer answering(int highestFetch) throws IOException {
    return start(
        (server, connection) -> {
          if (server.request(connection) == FETCH) {
            server.respond(connection, 0, 1, 99, 99);
          } else {
            server.versions(connection, highestFetch);
          }
        });
  }

  /** Closes the connection on the old fetch, as Kafka 4 does. */
  static ScriptedServer recent() throws IOException {
    return start(
        (server, connection) -> {
          if (server.request(connection) != FETCH) {
            server.versions(connection, 18);
          }
        });
  }

  /** Takes connections and says nothing. */
  static ScriptedServer hanging() throws IOException {
    return start((server, connection) -> server.hang());
  }

  /** Says this to everybody, in ASCII. */
  static ScriptedServer saying(String text) throws IOException {
    return start(
        (server, connection) -> {
          connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
          // Until the other side has read it: to close with unread input would reset it away.
          connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The keys of the requests that were made. */
  List<Short> requests() {
    return requests;
  }

  /** Reads a request and tells its key. */
  short request(Socket connection) throws IOException {
    DataInputStream in = new DataInputStream(connection.getInputStream());
    byte[] request = in.readNBytes(in.readInt());
    short key = (short) (request[0] << 8 | request[1]);
    requests.add(key);
    correlation = ByteBuffer.wrap(request).getInt(4);
    return key;
  }

  void respond(Socket connection, int... words) throws IOException {
    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
    out.writeInt(4 + 4 * words.length);
    out.writeInt(correlation);
    for (int word : words) {
      out.writeInt(word);
    }
    out.flush();
  }

  private void versions(Socket connection, int highestFetch) throws IOException {
    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
    out.writeInt(4 + 2 + 4 + 6);
    out.writeInt(correlation);
    out.writeShort(0);
    out.writeInt(1);
    out.writeShort(FETCH);
    out.writeShort(0);
    out.writeShort(highestFetch);
    out.flush();
  }

  /** Until the end of the test. */
  void hang() throws InterruptedException {
    closed.await();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection));
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      script.run(this, connection);
    } catch (IOException | InterruptedException e) {
      // The other side has heard enough.
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
