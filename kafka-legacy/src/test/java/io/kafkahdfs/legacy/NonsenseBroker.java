package io.kafkahdfs.legacy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/**
 * Answers as a broker of Kafka 0.9 with one topic of one partition does, but what it answers can be
 * spoiled on its way.
 */
final class NonsenseBroker implements AutoCloseable {
  static final String TOPIC = "events";
  static final int PARTITION = 0;
  static final long FIRST = 100;
  static final long END = 108;

  private static final short FETCH = 1;
  private static final short OFFSETS = 2;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final byte[] records;
  private volatile UnaryOperator<byte[]> spoiler = UnaryOperator.identity();

  /**
   * @param records a message set from {@link #FIRST} to {@link #END}
   */
  NonsenseBroker(byte[] records) throws IOException {
    this.records = records;
    Thread accepting = new Thread(this::accept, "nonsense broker");
    accepting.setDaemon(true);
    accepting.start();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /**
   * @param response makes of an answer, with its length before it, what is sent; called by one
   *     thread at a time
   */
  void spoil(UnaryOperator<byte[]> response) {
    spoiler = response;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> serve(connection), "nonsense connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      while (true) {
        ByteBuffer request = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        byte[] body = answer(request.getShort(0), request.getInt(4));
        byte[] response =
            ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
        byte[] sent;
        synchronized (this) {
          sent = spoiler.apply(response);
        }
        connection.getOutputStream().write(sent);
        if (sent != response) {
          // More will not come: who waits for it shall not wait long.
          return;
        }
      }
    } catch (IOException e) {
      // The other side has heard enough.
    }
  }

  private byte[] answer(short key, int correlation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(correlation);
      if (key == FETCH) {
        topic(out);
        out.writeShort(0);
        out.writeLong(END);
        out.writeInt(records.length);
        out.write(records);
      } else if (key == OFFSETS) {
        topic(out);
        out.writeShort(0);
        out.writeInt(2);
        out.writeLong(END);
        out.writeLong(FIRST);
      } else {
        out.writeInt(1);
        out.writeInt(7);
        out.writeUTF("127.0.0.1");
        out.writeInt(socket.getLocalPort());
        out.writeInt(1);
        out.writeShort(0);
        out.writeUTF(TOPIC);
        out.writeInt(1);
        out.writeShort(0);
        out.writeInt(PARTITION);
        out.writeInt(7);
        out.writeInt(1);
        out.writeInt(7);
        out.writeInt(1);
        out.writeInt(7);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void topic(DataOutputStream out) throws IOException {
    out.writeInt(1);
    out.writeUTF(TOPIC);
    out.writeInt(1);
    out.writeInt(PARTITION);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
