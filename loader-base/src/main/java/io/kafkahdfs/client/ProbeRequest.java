package io.kafkahdfs.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The two questions of {@link GenerationProbe}, in bytes; see Kafka's <a
 * href="https://kafka.apache.org/protocol">protocol guide</a>. Each has a connection of its own.
 */
final class ProbeRequest {
  private static final short FETCH = 1;
  private static final short API_VERSIONS = 18;
  private static final int CORRELATION = 0x6b686466;
  private static final String CLIENT = "kafka-hdfs";

  /** It need not exist, and asking for it does not create it. */
  private static final String TOPIC = "kafka-hdfs.nothing";

  /** Some kilobytes are usual for the versions of all requests. */
  private static final int LONGEST_RESPONSE = 64 * 1024;

  private static final int TLS_ALERT = 0x15;

  /** The server closed the connection, and answered nothing. */
  static final class ClosedException extends IOException {
    ClosedException() {
      super("closed the connection without an answer");
    }
  }

  /** How old a broker is, as far as it matters. */
  enum Age {
    V0_8,
    V0_9,
    LATER
  }

  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  private ProbeRequest() {}

  /**
   * Fetches nothing, in version 3. Brokers of 0.9 and before read the limit of bytes, 0, as the
   * number of topics; later ones answer for the one topic, whether it exists or not. Those of 0.8
   * do not tell how long they held the answer back.
   *
   * @param deadline as {@link System#nanoTime} tells it
   */
  static Age age(ServerAddress server, long deadline) throws IOException {
    ByteBuffer response =
        ask(
            server,
            deadline,
            FETCH,
            3,
            out -> {
              out.writeInt(-1); // no replica
              out.writeInt(0); // wait
              out.writeInt(0); // least bytes
              out.writeInt(0); // most bytes
              out.writeInt(1); // topics
              out.writeUTF(TOPIC);
              out.writeInt(1); // partitions
              out.writeInt(0); // partition
              out.writeLong(0); // offset
              out.writeInt(0); // most bytes
            });
    return ageIn(response);
  }

  static Age ageIn(ByteBuffer response) throws NotKafkaException {
    try {
      boolean tellsThrottling = response.remaining() > Integer.BYTES;
      if (tellsThrottling) {
        response.getInt();
      }
      int topics = response.getInt();
      if (topics == 0) {
        return tellsThrottling ? Age.V0_9 : Age.V0_8;
      }
      if (topics == 1) {
        return Age.LATER;
      }
    } catch (BufferUnderflowException e) {
      // Too short, as below.
    }
    throw notKafka();
  }

  /** Asks which requests are understood, in version 0, which all brokers since 0.10 answer. */
  static int apiVersions(ServerAddress server, long deadline) throws IOException {
    ByteBuffer response;
    try {
      response = ask(server, deadline, API_VERSIONS, 0, out -> {});
    } catch (ClosedException e) {
      throw new IOException(
          e.getMessage() + "; does it want TLS? Then set kafka.security.protocol", e);
    }
    return highestFetchIn(response);
  }

  static int highestFetchIn(ByteBuffer response) throws NotKafkaException {
    try {
      if (response.getShort() == 0 && response.getInt() * 6L == response.remaining()) {
        return highestFetch(response);
      }
    } catch (BufferUnderflowException e) {
      // Too short, as below.
    }
    throw notKafka();
  }

  private static int highestFetch(ByteBuffer versions) {
    int highest = -1;
    while (versions.hasRemaining()) {
      short request = versions.getShort();
      versions.getShort();
      short most = versions.getShort();
      if (request == FETCH) {
        highest = most;
      }
    }
    return highest;
  }

  private static ByteBuffer ask(
      ServerAddress server, long deadline, short request, int version, Body body)
      throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException(server.host());
      }
      socket.connect(address, millisLeft(deadline));
      socket.getOutputStream().write(frame(request, version, body));
      return response(socket, deadline);
    }
  }

  private static byte[] frame(short request, int version, Body body) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeShort(request);
      out.writeShort(version);
      out.writeInt(CORRELATION);
      out.writeUTF(CLIENT);
      body.write(out);
      return ByteBuffer.allocate(4 + bytes.size())
          .putInt(bytes.size())
          .put(bytes.toByteArray())
          .array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What follows the correlation id. */
  private static ByteBuffer response(Socket socket, long deadline) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(8);
    try {
      read(socket, header, 4, deadline);
    } catch (EOFException | SocketException e) {
      if (header.position() > 0) {
        throw notKafka(header);
      }
      throw new ClosedException();
    }
    int length = header.getInt(0);
    if (length < 4 || length > LONGEST_RESPONSE) {
      throw notKafka(header);
    }
    ByteBuffer response = ByteBuffer.allocate(length);
    try {
      read(socket, response, length, deadline);
    } catch (EOFException e) {
      throw notKafka();
    }
    response.flip();
    if (response.getInt() != CORRELATION) {
      throw notKafka();
    }
    return response;
  }

  /** The time-out holds for all of it: a server could drip. */
  private static void read(Socket socket, ByteBuffer into, int bytes, long deadline)
      throws IOException {
    InputStream in = socket.getInputStream();
    int end = into.position() + bytes;
    while (into.position() < end) {
      socket.setSoTimeout(millisLeft(deadline));
      int count = in.read(into.array(), into.position(), end - into.position());
      if (count < 0) {
        throw new EOFException();
      }
      into.position(into.position() + count);
    }
  }

  private static int millisLeft(long deadline) throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  private static NotKafkaException notKafka(ByteBuffer begin) {
    if (begin.get(0) == TLS_ALERT && begin.get(1) == 3) {
      return new NotKafkaException("wants TLS: set kafka.security.protocol to SSL or SASL_SSL");
    }
    String text = new String(begin.array(), 0, begin.position(), StandardCharsets.US_ASCII);
    boolean readable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    return new NotKafkaException(
        "does not speak Kafka's protocol"
            + (readable ? ": its answer begins with '" + text + "'" : ""));
  }

  private static NotKafkaException notKafka() {
    return new NotKafkaException("does not speak Kafka's protocol");
  }
}
