package io.kafkahdfs.producer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.simulation.Seeds;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two users who run one export side by side and again and again, drivers, application masters and
 * tasks that die and fail anywhere, against the promises of docs/export-protocol.md.
 */
class ExportSimulationTest {
  private static final Logger LOADER = Logger.getLogger("io.kafkahdfs");

  /** So many are run with each build; -Dsimulation.seeds=N asks for more. */
  private static final long SEEDS = 2_000;

  @TempDir static Path temporary;

  @BeforeAll
  static void prepare() throws IOException {
    // What goes wrong here does so on purpose.
    LOADER.setLevel(Level.OFF);
    ExportWorld.writeInput(temporary);
  }

  @AfterAll
  static void speak() {
    LOADER.setLevel(null);
  }

  @Test
  void everyPromiseIsKeptInEveryHistory() {
    Seeds.tryAll(
        (seed, traced) -> new ExportWorld(temporary, seed, traced, UnaryOperator.identity()),
        SEEDS);
  }

  @Test
  void theSameSeedMakesTheSameHistory() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(fingerprint(seed)).as("seed %d", seed).isEqualTo(fingerprint(seed));
    }
  }

  private static long fingerprint(long seed) {
    ExportWorld world = new ExportWorld(temporary, seed, false, UnaryOperator.identity());
    world.run();
    return world.simulation().trace().fingerprint();
  }

  /** Progress that Kafka forgot would be taken for progress that never was. */
  @Test
  void notesThatNobodyReadsAreMissed() {
    assertIsMissed(NotesAreNotRead::new);
  }

  /** Who comes late would send all of it again. */
  @Test
  void aFenceThatIsMadeAgainIsMissed() {
    assertIsMissed(ProgressIsMadeAgain::new);
  }

  private static void assertIsMissed(UnaryOperator<FileStore> mutant) {
    assertThat(
            Seeds.firstFailing(
                (seed, traced) -> new ExportWorld(temporary, seed, traced, mutant), 0, SEEDS))
        .isPresent();
  }

  private static final class NotesAreNotRead extends ForwardingFileStore {
    NotesAreNotRead(FileStore store) {
      super(store);
    }

    @Override
    public List<FileEntry> list(org.apache.hadoop.fs.Path folder) throws IOException {
      return folder.getParent().getName().equals("progress") ? List.of() : super.list(folder);
    }
  }

  private static final class ProgressIsMadeAgain extends ForwardingFileStore {
    ProgressIsMadeAgain(FileStore store) {
      super(store);
    }

    @Override
    public OutputStream create(org.apache.hadoop.fs.Path file) throws IOException {
      mkdirs(file.getParent());
      return super.create(file);
    }
  }
}
