package io.kafkahdfs.producer.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.client.SendSettings;
import io.kafkahdfs.client.TransactionalSender;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.producer.commit.RecordHash;
import io.kafkahdfs.producer.commit.SplitNote;
import io.kafkahdfs.producer.commit.SplitReport;
import io.kafkahdfs.producer.commit.TransactionNote;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressSearchTest {
  private static final PartitionId PARTITION = new PartitionId("topic", 0);

  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
  private final ProgressSearch search = search(true);

  @BeforeEach
  void createTopic() {
    cluster.createTopic("topic", 1);
  }

  private ProgressSearch search(boolean notesBeginnings) {
    return new ProgressSearch(
        3, "fingerprint", new WitnessCheck(cluster, new RecordHash(true)), notesBeginnings);
  }

  /** Sends a record in a transaction, and says so in a note. */
  private TransactionNote sent(long number, String attempt, boolean commits) throws IOException {
    KafkaRecord record = new KafkaRecord();
    record.value().set(("value" + number).getBytes(StandardCharsets.UTF_8));
    List<TransactionNote.Witness> witnesses = new ArrayList<>();
    try (TransactionalSender sender =
        cluster
            .target()
            .transactions()
            .orElseThrow()
            .sender("id", new SendSettings(SendSettings.Compression.NONE, 1000, Duration.ZERO))) {
      sender.send(
          record,
          "topic",
          0,
          number,
          (partition, offset) ->
              witnesses.add(
                  new TransactionNote.Witness(
                      "topic",
                      partition,
                      offset,
                      HexFormat.of().toHexDigits(new RecordHash(true).of(record)))));
      sender.flush();
      TransactionNote note = note(number, attempt, 1, witnesses);
      if (commits) {
        sender.commit(PARTITION, kept(note));
      }
      return note;
    }
  }

  private static TransactionNote note(
      long number, String attempt, long sent, List<TransactionNote.Witness> witnesses) {
    return new TransactionNote(
        "id",
        number,
        attempt,
        number * 10,
        sent,
        witnesses,
        new SplitNote("fingerprint", number, new TreeMap<>(), List.of()));
  }

  private static SendProgress kept(TransactionNote note) {
    return new SendProgress(note.done(), note.reference().text());
  }

  @Test
  void whatNobodyKnowsHasNotBegun() throws IOException {
    assertThat(search.find(Optional.empty(), List.of()).done()).isZero();
    assertThatThrownBy(() -> search(false).find(Optional.empty(), List.of()))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Split 3 was planned by an earlier version");
  }

  @Test
  void theNoteThatKafkaNamesCounts() throws IOException {
    TransactionNote first = sent(1, "a", true);
    TransactionNote second = sent(2, "a", false);
    ProgressSearch.Found found = search.find(Optional.of(kept(first)), List.of(second, first));
    assertThat(found.done()).isEqualTo(10);
    assertThat(found.number()).as("numbers are never used twice").isEqualTo(2);
  }

  @Test
  void whatKafkaForgotIsReadBack() throws IOException {
    TransactionNote first = sent(1, "a", true);
    TransactionNote second = sent(2, "a", true);
    assertThat(search.find(Optional.empty(), List.of(first, second)).done()).isEqualTo(20);
    TransactionNote third = sent(3, "a", false);
    assertThat(search.find(Optional.empty(), List.of(second, third)).done()).isEqualTo(20);
    assertThat(search.find(Optional.of(kept(first)), List.of(first, second, third)).done())
        .as("progress that went back")
        .isEqualTo(20);
  }

  @Test
  void aNoteThatAnotherOneFollowsWasCommittedThoughItsRecordsAreGone() throws IOException {
    TransactionNote first = sent(1, "a", true);
    TransactionNote second = sent(2, "a", false);
    cluster.removeBefore(PARTITION, 1);
    assertThat(search.find(Optional.empty(), List.of(first, second)).done()).isEqualTo(10);
  }

  @Test
  void whatCannotBeReadBackIsRefused() throws IOException {
    TransactionNote first = sent(1, "a", true);
    TransactionNote lost = note(2, "a", 1, List.of());
    assertThatThrownBy(() -> search.find(Optional.empty(), List.of(first, lost)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("Kafka has forgotten how far it came")
        .hasMessageContaining("no record whose offset is known")
        .hasMessageContaining("--export-id");
    assertThat(search.find(Optional.of(kept(first)), List.of(first, lost)).done())
        .as("Kafka knows the one before it")
        .isEqualTo(10);
    cluster.removeBefore(PARTITION, 2);
    assertThatThrownBy(() -> search.find(Optional.empty(), List.of(first)))
        .hasMessageContaining("cannot be read back either");
  }

  @Test
  void anotherRecordInItsPlaceIsNoProof() throws IOException {
    TransactionNote first = sent(1, "a", true);
    cluster.deleteTopic("topic");
    cluster.createTopic("topic", 1);
    sent(7, "b", true);
    assertThatThrownBy(() -> search.find(Optional.empty(), List.of(first)))
        .hasMessageContaining("stands another record");
  }

  @Test
  void whatAnAttemptLeftThatWasShutOutDoesNotCount() throws IOException {
    TransactionNote first = sent(1, "a", true);
    TransactionNote dead = sent(2, "a", false);
    TransactionNote begin = note(2, "b", 0, List.of());
    TransactionNote successor = sent(3, "b", true);
    assertThat(search.find(Optional.empty(), List.of(first, dead, begin, successor)).done())
        .isEqualTo(30);
  }

  @Test
  void aNoteThatIsGoneIsMissed() {
    assertThatThrownBy(() -> search.find(Optional.of(kept(note(4, "a", 1, List.of()))), List.of()))
        .hasMessageContaining("transaction 4 of a")
        .hasMessageContaining("--state");
  }

  @Test
  void progressOfEarlierVersionsIsUnderstood() throws IOException {
    ProgressSearch.Found found =
        search(false)
            .find(Optional.of(new SendProgress(9, "1 fingerprint 7 f0:2 ttopic 0:7")), List.of());
    assertThat(found.done()).isEqualTo(9);
    assertThat(found.account().records()).isEqualTo(7);
    assertThat(found.account().partitions())
        .containsExactly(new SplitReport.Partition("topic", 0, 7, null, null));
    assertThatThrownBy(
            () -> search.find(Optional.of(new SendProgress(9, "1 another 7")), List.of()))
        .hasMessageContaining("of other input");
  }
}
