package io.kafkahdfs.modern;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * Answers as a broker with one topic of one partition does, in Kafka's own protocol, but may have
 * any bytes for records, and what it answers can be spoiled on its way.
 */
final class NonsenseBroker implements AutoCloseable {
  static final String TOPIC = "events";

  private static final int NODE = 7;

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final long end;
  private volatile LongFunction<byte[]> records = offset -> new byte[0];
  private volatile UnaryOperator<byte[]> spoiler = UnaryOperator.identity();

  /**
   * @param end where the partition ends; it begins at 0
   */
  NonsenseBroker(long end) throws IOException {
    this.end = end;
    Thread accepting = new Thread(this::accept, "nonsense broker");
    accepting.setDaemon(true);
    accepting.start();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /**
   * @param sets gives the record sets from that on that holds an offset
   * @param response makes of an answer, with its length before it, what is sent; called by one
   *     thread at a time
   */
  void serve(LongFunction<byte[]> sets, UnaryOperator<byte[]> response) {
    records = sets;
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
        byte[] response = response(ByteBuffer.wrap(in.readNBytes(in.readInt())));
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

  private byte[] response(ByteBuffer request) {
    RequestHeader header = RequestHeader.parse(request);
    short version = header.apiVersion();
    ByteBuffer head =
        MessageUtil.toByteBuffer(
            new ResponseHeader(
                    header.correlationId(), header.apiKey().responseHeaderVersion(version))
                .data(),
            header.apiKey().responseHeaderVersion(version));
    ByteBuffer body = MessageUtil.toByteBuffer(answer(header, request), version);
    int size = head.remaining() + body.remaining();
    return ByteBuffer.allocate(Integer.BYTES + size).putInt(size).put(head).put(body).array();
  }

  private ApiMessage answer(RequestHeader header, ByteBuffer request) {
    return switch (header.apiKey()) {
      case API_VERSIONS -> versions();
      case METADATA -> metadata();
      case LIST_OFFSETS -> offsets();
      case FETCH -> fetched(request, header.apiVersion());
      default -> throw new IllegalArgumentException("Nobody should ask for " + header.apiKey());
    };
  }

  /** Old ones, in which topics have no ids. */
  private static ApiVersionsResponseData versions() {
    ApiVersionsResponseData versions = new ApiVersionsResponseData();
    allow(versions, ApiKeys.API_VERSIONS, 0, 3);
    allow(versions, ApiKeys.METADATA, 1, 8);
    allow(versions, ApiKeys.LIST_OFFSETS, 1, 5);
    allow(versions, ApiKeys.FETCH, 4, 11);
    return versions;
  }

  private static void allow(ApiVersionsResponseData versions, ApiKeys key, int from, int to) {
    versions
        .apiKeys()
        .add(
            new ApiVersionsResponseData.ApiVersion()
                .setApiKey(key.id)
                .setMinVersion((short) from)
                .setMaxVersion((short) to));
  }

  private MetadataResponseData metadata() {
    MetadataResponseData metadata =
        new MetadataResponseData().setClusterId("nonsense").setControllerId(NODE);
    metadata
        .brokers()
        .add(
            new MetadataResponseData.MetadataResponseBroker()
                .setNodeId(NODE)
                .setHost("127.0.0.1")
                .setPort(socket.getLocalPort()));
    metadata
        .topics()
        .add(
            new MetadataResponseData.MetadataResponseTopic()
                .setName(TOPIC)
                .setPartitions(
                    List.of(
                        new MetadataResponseData.MetadataResponsePartition()
                            .setLeaderId(NODE)
                            .setLeaderEpoch(0)
                            .setReplicaNodes(List.of(NODE))
                            .setIsrNodes(List.of(NODE)))));
    return metadata;
  }

  private ListOffsetsResponseData offsets() {
    return new ListOffsetsResponseData()
        .setTopics(
            List.of(
                new ListOffsetsResponseData.ListOffsetsTopicResponse()
                    .setName(TOPIC)
                    .setPartitions(
                        List.of(
                            new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                                .setOffset(end)))));
  }

  private FetchResponseData fetched(ByteBuffer request, short version) {
    FetchResponseData fetched = new FetchResponseData();
    FetchRequest.parse(request, version)
        .data()
        .topics()
        .forEach(
            topic ->
                fetched
                    .responses()
                    .add(
                        new FetchResponseData.FetchableTopicResponse()
                            .setTopic(TOPIC)
                            .setPartitions(
                                List.of(partition(topic.partitions().get(0).fetchOffset())))));
    return fetched;
  }

  private FetchResponseData.PartitionData partition(long offset) {
    return new FetchResponseData.PartitionData()
        .setHighWatermark(end)
        .setLastStableOffset(end)
        .setLogStartOffset(0)
        .setRecords(MemoryRecords.readableRecords(ByteBuffer.wrap(records.apply(offset))));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
