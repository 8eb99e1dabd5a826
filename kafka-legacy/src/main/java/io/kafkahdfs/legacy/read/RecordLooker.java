package io.kafkahdfs.legacy.read;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.ReadSettings;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.client.RecordLook;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.legacy.admin.ClusterMap;
import io.kafkahdfs.legacy.admin.LeaderFinder;
import io.kafkahdfs.legacy.connection.BrokerAddress;
import io.kafkahdfs.legacy.connection.BrokerConnection;
import io.kafkahdfs.legacy.connection.ClientOptions;
import io.kafkahdfs.legacy.connection.Patience;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kafka.common.ErrorMapping;
import kafka.javaapi.FetchResponse;

/**
 * Looks at one record of each of many partitions, with one connection to each leader and many
 * partitions in each request. Used by one thread.
 */
public final class RecordLooker {
  /** Asked of each partition at first. Who has a larger message is asked for more. */
  private static final int FETCH_BYTES = 16 << 10;

  /** Brokers of Kafka 0.9 limit each partition's part of an answer, not the whole. */
  private static final int ANSWER_BYTES = 16 << 20;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private final LeaderFinder leaders;
  private final ClientOptions options;
  private final ReadSettings settings;
  private final Map<PartitionId, Long> open;
  private final Map<PartitionId, RecordLook> looks = new HashMap<>();
  private final Map<PartitionId, String> reasons = new TreeMap<>();
  private int bytes;

  /** How many bytes some message is known to need. */
  private int needed;

  public RecordLooker(
      Map<PartitionId, Long> offsets,
      ReadSettings settings,
      LeaderFinder leaders,
      ClientOptions options) {
    this.leaders = leaders;
    this.options = options;
    this.settings = settings;
    this.open = new LinkedHashMap<>(offsets);
    this.bytes = Math.min(FETCH_BYTES, settings.maxFetchBytes());
  }

  public Map<PartitionId, RecordLook> look() throws IOException {
    boolean shorter = options.timeout().compareTo(LONGEST_SILENCE) < 0;
    Patience patience = new Patience(shorter ? options.timeout() : LONGEST_SILENCE);
    while (!open.isEmpty()) {
      int before = open.size();
      needed = 0;
      reasons.clear();
      askAll();
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("Interrupted while looking at records");
      }
      if (needed > bytes) {
        bytes = (int) Math.min(settings.maxFetchBytes(), Math.max(needed, 2L * bytes));
        patience.succeeded();
      } else if (open.size() < before) {
        patience.succeeded();
      } else if (patience.isExhausted()) {
        open.keySet()
            .forEach(
                partition ->
                    looks.put(
                        partition,
                        RecordLook.unseen(reasons.getOrDefault(partition, "no answer came"))));
        return looks;
      } else {
        patience.pause();
      }
    }
    return looks;
  }

  private void askAll() throws IOException {
    ClusterMap map = leaders.refresh();
    Map<BrokerAddress, Map<PartitionId, Long>> byLeader = new LinkedHashMap<>();
    open.forEach(
        (partition, offset) ->
            map.leaders()
                .getOrDefault(partition, Optional.empty())
                .ifPresentOrElse(
                    leader ->
                        byLeader
                            .computeIfAbsent(leader, l -> new LinkedHashMap<>())
                            .put(partition, offset),
                    () -> reasons.put(partition, "it has no leader")));
    byLeader.forEach(this::askLeader);
  }

  private void askLeader(BrokerAddress leader, Map<PartitionId, Long> offsets) {
    try (BrokerConnection connection =
        new BrokerConnection(leader, options, options.requestTimeout())) {
      Map<PartitionId, Long> some = new LinkedHashMap<>();
      for (Map.Entry<PartitionId, Long> entry : offsets.entrySet()) {
        some.put(entry.getKey(), entry.getValue());
        if ((long) some.size() * bytes >= ANSWER_BYTES) {
          ask(connection, some);
          some.clear();
        }
      }
      if (!some.isEmpty()) {
        ask(connection, some);
      }
    } catch (RuntimeException e) {
      // What the answer has no sense for; who asks decides how often to ask again.
      String reason = leader + ": its answer makes no sense: " + e;
      offsets.keySet().forEach(partition -> reasons.put(partition, reason));
    } catch (IOException e) {
      // An interruption is seen by who asked.
      offsets.keySet().forEach(partition -> reasons.put(partition, e.getMessage()));
    }
  }

  private void ask(BrokerConnection connection, Map<PartitionId, Long> offsets) throws IOException {
    FetchResponse response = connection.fetch(offsets, bytes);
    for (Map.Entry<PartitionId, Long> entry : offsets.entrySet()) {
      PartitionId partition = entry.getKey();
      short error = response.errorCode(partition.topic(), partition.partition());
      if (error == ErrorMapping.NoError()) {
        take(
            new OffsetRange(partition, entry.getValue(), entry.getValue() + 1),
            response.messageSet(partition.topic(), partition.partition()).getBuffer(),
            response.highWatermark(partition.topic(), partition.partition()));
      } else if (error == ErrorMapping.OffsetOutOfRangeCode()) {
        answer(partition, RecordLook.REMOVED);
      } else {
        reasons.put(partition, connection.address() + ": " + ErrorMapping.exceptionNameFor(error));
      }
    }
  }

  private void take(OffsetRange one, ByteBuffer set, long readableEnd)
      throws InterruptedIOException {
    KafkaRecord record = new KafkaRecord();
    boolean[] there = {false};
    int missing;
    try {
      missing =
          new MessageSetParser(one, new ReadSettings(bytes, settings.maxFetchBytes(), 1))
              .parse(set, readableEnd, batch -> there[0] |= batch.next(record));
    } catch (DamagedRecordException e) {
      answer(one.partition(), RecordLook.unseen("it is damaged"));
      return;
    } catch (LoaderException e) {
      answer(one.partition(), RecordLook.unseen(e.getMessage()));
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while looking at records");
    }
    if (there[0]) {
      answer(one.partition(), RecordLook.at(RecordFingerprint.of(record)));
    } else if (missing == 0) {
      answer(one.partition(), RecordLook.GONE);
    } else if (!set.hasRemaining()) {
      reasons.put(one.partition(), "no records came from there on");
    } else if (missing > settings.maxFetchBytes()) {
      answer(
          one.partition(),
          RecordLook.unseen("it needs a --max-fetch-bytes of at least " + missing));
    } else {
      needed = Math.max(needed, Math.max(missing, bytes + 1));
    }
  }

  private void answer(PartitionId partition, RecordLook look) {
    open.remove(partition);
    looks.put(partition, look);
  }
}
