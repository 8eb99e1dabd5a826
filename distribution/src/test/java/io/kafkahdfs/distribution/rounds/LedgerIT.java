package io.kafkahdfs.distribution.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.distribution.rounds.Ledger.End;
import io.kafkahdfs.distribution.rounds.Ledger.Sent;
import io.kafkahdfs.distribution.rounds.Rounds.Target;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rounds' own parts that need no servers: a ledger that finds nothing proves nothing. */
class LedgerIT {
  private static final PartitionId PARTITION = new PartitionId("source", 0);

  @TempDir Path temporary;

  private static Sent sent(long offset, String value) {
    return new Sent(PARTITION, offset, value);
  }

  private List<String> findings(Map<Long, String> landed) throws IOException {
    Ledger ledger = new Ledger();
    ledger.add(End.COMMITTED, List.of(sent(0, "a"), sent(1, "b")));
    ledger.add(End.ABORTED, List.of(sent(2, "c")));
    ledger.add(End.UNKNOWN, List.of(sent(-1, "d"), sent(-1, "e")));
    Journal journal = new Journal(temporary.resolve("journal"));
    ledger.audit(Map.of(PARTITION, new TreeMap<>(landed)), true, journal);
    return journal.findings();
  }

  @Test
  void isContentWithWhatMayBe() throws IOException {
    assertThat(findings(Map.of(0L, "a", 1L, "b"))).isEmpty();
    assertThat(findings(Map.of(0L, "a", 1L, "b", 4L, "d", 5L, "e"))).isEmpty();
  }

  @Test
  void findsWhatMustNotBe() throws IOException {
    assertThat(findings(Map.of(0L, "a"))).singleElement().asString().contains("did not land");
    assertThat(findings(Map.of(0L, "a", 3L, "b"))).singleElement().asString().contains("[3]");
    assertThat(findings(Map.of(0L, "a", 1L, "b", 3L, "b")))
        .singleElement()
        .asString()
        .contains("landed at [1, 3]");
    assertThat(findings(Map.of(0L, "a", 1L, "b", 2L, "c")))
        .singleElement()
        .asString()
        .contains("aborted");
    assertThat(findings(Map.of(0L, "a", 1L, "b", 4L, "d")))
        .singleElement()
        .asString()
        .contains("Of a transaction 1 records landed");
  }

  @Test
  void aSeedMakesTheSameRoundsOfAllKinds() {
    Duration length = Duration.ofMinutes(10);
    Rounds rounds = Rounds.of(7, length, List.of(Target.values()));
    assertThat(rounds).isEqualTo(Rounds.of(7, length, List.of(Target.values())));
    assertThat(rounds).isNotEqualTo(Rounds.of(8, length, List.of(Target.values())));
    List<Rounds.Fault> all = new ArrayList<>(rounds.servers());
    all.addAll(rounds.processes());
    assertThat(all.stream().map(fault -> fault.signal() + " " + fault.target()).distinct())
        .hasSize(Target.values().length * Rounds.Signal.values().length);
  }
}
