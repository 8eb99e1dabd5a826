package io.kafkahdfs.consumer.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.state.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryEntryTest {
  private static final HistoryEntry ENTRY =
      new HistoryEntry(
          3,
          "2026-03-01T00:00:05Z",
          5,
          "etl",
          "edge1",
          "load",
          null,
          null,
          false,
          10,
          2_000,
          1,
          2,
          7,
          new OffsetTally(10, 1, 2, 3, 4));

  @Test
  void programsReadThisForm() {
    assertThat(Json.writeLine(ENTRY).replace('"', '\''))
        .isEqualTo(
            "{'number':3,'committed':'2026-03-01T00:00:05Z','seconds':5.0,'user':'etl',"
                + "'host':'edge1','what':'load','to':null,'why':null,'stands':false,'records':10,"
                + "'bytes':2000,'files':1,'quarantined':2,'late':7,'filtered':1,'bad':2,'lost':4}");
  }

  @Test
  void peopleReadThisTable() {
    assertThat(HistoryEntry.table(List.of(ENTRY)))
        .isEqualTo(
            """
            commit  committed             took   by         records  read     files  filtered  \
            bad  lost  remarks
                 3  2026-03-01T00:00:05Z  5.0 s  etl@edge1       10  2.0 KiB      1         1  \
              2     4  rolled back; 2 in quarantine; 7 late
            """);
  }
}
