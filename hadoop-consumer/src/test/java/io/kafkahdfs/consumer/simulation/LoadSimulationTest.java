package io.kafkahdfs.consumer.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.simulation.Seeds;
import java.util.function.UnaryOperator;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two users, whose loads, rollbacks and other commands on one output run side by side and die and
 * fail anywhere, against every promise of docs/commit-protocol.md.
 */
class LoadSimulationTest {
  private static final Logger LOADER = Logger.getLogger("io.kafkahdfs");

  /** So many are run with each build; -Dsimulation.seeds=N asks for more. */
  private static final long SEEDS = 6_000;

  /** A fault of this kind is found sooner, by far. */
  private static final long SEEDS_TO_FIND_A_MUTANT = 20_000;

  @BeforeAll
  static void beSilent() {
    // What goes wrong here does so on purpose.
    LOADER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOADER.setLevel(null);
  }

  @Test
  void everyPromiseIsKeptInEveryHistory() {
    Seeds.tryAll((seed, traced) -> new LoadWorld(seed, traced, UnaryOperator.identity()), SEEDS);
  }

  @Test
  void theSameSeedMakesTheSameHistory() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(fingerprint(seed)).as("seed %d", seed).isEqualTo(fingerprint(seed));
    }
  }

  private static long fingerprint(long seed) {
    LoadWorld world = new LoadWorld(seed, false, UnaryOperator.identity());
    world.run();
    return world.simulation().trace().fingerprint();
  }

  @ParameterizedTest
  @EnumSource
  void whatThePromisesStandOnIsMissed(Mutants mutant) {
    assertThat(
            Seeds.firstFailing(
                (seed, traced) -> new LoadWorld(seed, traced, mutant::of),
                0,
                SEEDS_TO_FIND_A_MUTANT))
        .as("the first seed that finds %s", mutant)
        .isPresent();
  }

  /** As it once was: whoever comes late deletes what others bring back. */
  @Test
  void aPurgeThatIsNotCommittedIsMissed() {
    assertThat(
            Seeds.firstFailing(
                (seed, traced) -> new LoadWorld(seed, traced, UnaryOperator.identity(), false),
                0,
                SEEDS_TO_FIND_A_MUTANT))
        .isPresent();
  }
}
