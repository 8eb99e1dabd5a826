package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.state.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Summary SUMMARY =
      new Summary(
          "committed",
          null,
          4L,
          10,
          2_000,
          1,
          2.5,
          false,
          10,
          List.of(
              new Summary.Partition("events", 0, 100, 120, new OffsetTally(10, 1, 2, 3, 4), 50)),
          List.of(new Summary.Next("events", 0, 120, 130, 130, 0, null)),
          List.of(),
          new LateNote(3, "2026-01-30T23:59:00Z", 7_260, "events/dt=2026-01-30"),
          new PutAside("/out/_quarantine", 2, 1),
          null);

  @Test
  void programsReadThisForm() {
    assertThat(Json.writeLine(SUMMARY).replace('"', '\''))
        .isEqualTo(
            "{'outcome':'committed','commit':4,'records':10,'bytes':2000,'files':1,'seconds':2.5,'complete':false,'left':10,"
                + "'partitions':[{'topic':'events','partition':0,'from':100,'until':120,"
                + "'written':10,'filtered':1,'bad':2,'invisible':3,'lost':4,'leftOut':50}],"
                + "'next':[{'topic':'events','partition':0,'offset':120,'end':130,"
                + "'highWatermark':130,'undecided':0}],'unchecked':[],"
                + "'late':{'records':3,'oldest':'2026-01-30T23:59:00Z','ageSeconds':7260,"
                + "'folder':'events/dt=2026-01-30'},"
                + "'quarantine':{'path':'/out/_quarantine','records':2,'files':1}}");
  }

  @Test
  void peopleReadThisTable() {
    assertThat(SUMMARY.text())
        .isEqualTo(
            """
            topic   partition  from  until  written  filtered  bad  invisible  lost  left out
            events          0   100    120       10         1    2          3     4        50
            Left for later runs: 10 offsets that could be read when this one was planned
            Late: 3 records for folders whose time was over when the last commit's run began; the oldest is 2:01 h old, in events/dt=2026-01-30
            Bad: 2, put aside as 2 records in 1 file of /out/_quarantine (cat --quarantine shows why)
            Commit 4: 10 records, 2.0 KiB, in 1 file and 2.5 s (4 records/s)
            """);
  }
}
