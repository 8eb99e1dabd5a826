package io.kafkahdfs.producer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class TransactionNotesTest {
  private final FileStore store = new InMemoryFileStore();
  private final Path folder = new Path("memory:///progress/sender-0");

  private TransactionNotes attempt(String name) {
    return new TransactionNotes(store, folder, "sender-0", name);
  }

  private static TransactionNote note(TransactionNotes of, long number) {
    return new TransactionNote(
        of.id(), number, of.attempt(), 0, 0, List.of(), SplitNote.none("fingerprint"));
  }

  private List<String> attempts() throws IOException {
    return attempt("another").read().stream().map(TransactionNote::attempt).toList();
  }

  @Test
  void anAttemptThatIsOnlyPresumedDeadRemovesNothingOfItsSuccessor() throws IOException {
    store.mkdirs(folder);
    TransactionNotes dead = attempt("dead");
    dead.write(note(dead, 1));
    TransactionNotes slow = attempt("slow");
    slow.read();
    slow.write(note(slow, 2));
    TransactionNotes successor = attempt("successor");
    successor.read();
    successor.write(note(successor, 3));
    slow.removeEarlier();
    assertThat(attempts()).containsExactly("slow", "successor");

    successor.removeEarlier();
    assertThat(attempts()).containsExactly("successor");
  }

  @Test
  void nothingIsNotedOnceTheExportIsDone() throws IOException {
    store.mkdirs(folder);
    TransactionNotes late = attempt("late");
    late.read();
    store.delete(folder.getParent());
    assertThatThrownBy(() -> late.write(note(late, 1)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("another run has finished");
    assertThat(store.entry(folder)).isEmpty();
  }
}
