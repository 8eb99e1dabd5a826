package io.kafkahdfs.benchmarks;

import java.util.Collections;
import kafka.api.FetchRequest;
import kafka.api.FetchRequestBuilder;
import kafka.api.PartitionOffsetRequestInfo;
import kafka.common.TopicAndPartition;
import kafka.javaapi.OffsetRequest;
import kafka.javaapi.consumer.SimpleConsumer;
import kafka.javaapi.message.ByteBufferMessageSet;
import kafka.message.MessageAndOffset;

/**
 * Reads a topic with Kafka 0.9's SimpleConsumer, one partition after the other, and drops what it
 * gets: {@code HOST PORT TOPIC PARTITIONS}. Prints the seconds and the records. It checks nothing,
 * and looks at every message, as whoever wants to use it must.
 */
public final class BareReader {
  private static final int FETCH_BYTES = 4 << 20;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TIMEOUT_MS = 30_000;
  private static final String CLIENT = "bare-reader";

  private BareReader() {}

  public static void main(String[] arguments) {
    String topic = arguments[2];
    int partitions = Integer.parseInt(arguments[3]);
    long start = System.nanoTime();
    SimpleConsumer consumer =
        new SimpleConsumer(
            arguments[0], Integer.parseInt(arguments[1]), TIMEOUT_MS, BUFFER_BYTES, CLIENT);
    long records = 0;
    for (int partition = 0; partition < partitions; partition++) {
      records += read(consumer, topic, partition);
    }
    consumer.close();
    System.out.println((System.nanoTime() - start) / 1e9 + " " + records);
  }

  private static long read(SimpleConsumer consumer, String topic, int partition) {
    long end = end(consumer, topic, partition);
    long records = 0;
    long bytes = 0;
    long offset = 0;
    while (offset < end) {
      FetchRequest request =
          new FetchRequestBuilder()
              .clientId(CLIENT)
              .addFetch(topic, partition, offset, FETCH_BYTES)
              .build();
      ByteBufferMessageSet messages = consumer.fetch(request).messageSet(topic, partition);
      for (MessageAndOffset message : messages) {
        bytes += message.message().payloadSize();
        offset = message.nextOffset();
        records++;
      }
    }
    if (bytes == 0) {
      throw new IllegalStateException("Nothing was read of " + topic + "-" + partition);
    }
    return records;
  }

  private static long end(SimpleConsumer consumer, String topic, int partition) {
    TopicAndPartition id = new TopicAndPartition(topic, partition);
    PartitionOffsetRequestInfo latest =
        new PartitionOffsetRequestInfo(kafka.api.OffsetRequest.LatestTime(), 1);
    OffsetRequest request =
        new OffsetRequest(
            Collections.singletonMap(id, latest), kafka.api.OffsetRequest.CurrentVersion(), CLIENT);
    return consumer.getOffsetsBefore(request).offsets(topic, partition)[0];
  }
}
