package io.kafkahdfs.consumer.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.consumer.plan.RunPlan;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.AtomicFile;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the first form of commits and plans wrote is read for ever. The samples among the test
 * resources were written by loads of real topics, and are never written anew.
 */
class WrittenEarlierTest {
  private static final java.nio.file.Path SAMPLES =
      java.nio.file.Path.of("src/test/resources/written-by-form-1");

  @TempDir private java.nio.file.Path folder;
  private FileStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = HadoopFileStore.of(new Path(folder.toUri()), new Configuration());
  }

  /** A copy of a sample, as the state of an output of its own. */
  private StateFolder output(String sample) throws IOException {
    java.nio.file.Path from = SAMPLES.resolve(sample);
    java.nio.file.Path to = folder.resolve(sample).resolve(StateFolder.NAME);
    Files.createDirectories(to.getParent());
    try (Stream<java.nio.file.Path> files = Files.walk(from)) {
      for (java.nio.file.Path file : (Iterable<java.nio.file.Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return new StateFolder(new Path(folder.resolve(sample).toUri()));
  }

  @Test
  void commitsOfLoadsRollbacksAndSetOffsets() throws IOException {
    List<Commit> commits = ProtocolRun.all(new CommitStore(store, output("load")));

    assertEquals(
        List.of(8000L, 2000L, 0L, 2000L, 0L, 0L, 1717L),
        commits.stream()
            .map(commit -> commit.partitions().stream().mapToLong(p -> p.records()).sum())
            .toList());
    assertEquals(1, commits.get(2).change().rollback().to());
    assertEquals(4, commits.get(4).change().rollback().trashed().size());
    assertEquals("A poisonous record", commits.get(5).change().why());
    Commit last = commits.get(6);
    assertEquals(
        2540, last.history().checkpoint().next(new PartitionId("page-views", 1)).getAsLong());
    assertEquals("wwqy0SeKSpy7cpYVDgVoyA", last.cluster().topicIds().get("page-views"));
  }

  @Test
  void theSameIsWrittenToday() throws IOException {
    StateFolder state = output("load");
    ObjectMapper mapper = new ObjectMapper();
    for (long number = 1; number <= 7; number++) {
      Path file = state.commit(number);
      byte[] written = AtomicFile.read(store, file);
      byte[] today = Json.writeSealed(StoredCommit.parse(file, number, written).commit());
      for (String part : List.of("load", "partitions", "vanished")) {
        assertEquals(
            mapper.readTree(written).get(part).toString(),
            mapper.readTree(today).get(part).toString());
      }
      // The form is another one, and says the same.
      Commit commit = StoredCommit.parse(file, number, written).commit();
      assertEquals(commit.files(), StoredCommit.parse(file, number, today).commit().files());
      for (int i = 0; i < commit.files().size(); i++) {
        LandedFile read = commit.files().get(i);
        ObjectNode fields = (ObjectNode) mapper.readTree(written).get("files").get(i);
        assertEquals(fields.get("path").asText(), read.path());
        assertEquals(fields.get("lastOffset").asLong(), read.parts().get(0).lastOffset());
        assertEquals(fields.get("records").asLong(), read.records());
      }
    }
  }

  @Test
  void theOutputIsWhatThoseCommitsMadeOfIt() throws IOException {
    Standing standing = new CommitStore(store, output("load")).standing();

    assertEquals(8, standing.filesAt(7).size());
    assertEquals(4, standing.filesAt(3).size());
    assertTrue(
        standing
            .filesAt(7)
            .containsKey("page-views/page-views-1-00000000000000002300-00000000000000002539.avro"));
  }

  @Test
  void theStateOfARunThatWasKilled() throws IOException {
    StateFolder state = output("killed");
    RunFolder run = state.run("20261125T221410Z-11628531");
    RunPlan plan = Json.readSealed(AtomicFile.read(store, run.plan()), RunPlan.class);
    assertEquals(2, plan.number());
    assertEquals(7000, plan.offsets().offsets());

    RecoverStep.Recovered recovered = new RecoverStep(store, state).recover();

    assertEquals(List.of(run.id()), recovered.removed());
    assertFalse(store.entry(run.path()).isPresent());
    assertEquals(1, new CommitStore(store, state).last().orElseThrow().number());
  }
}
