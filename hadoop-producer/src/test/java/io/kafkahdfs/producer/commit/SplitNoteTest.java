package io.kafkahdfs.producer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SplitNoteTest {
  private static final SplitNote NOTE =
      new SplitNote(
          "f00d",
          42,
          new TreeMap<>(Map.of(0, 3L, 7, 9L)),
          List.of(
              new SplitReport.Partition("a", 0, 30, null, null),
              new SplitReport.Partition("a", 11, 10, null, null),
              new SplitReport.Partition("b.c-d_e", 2, 2, null, null)));

  @Test
  void theTextOfEarlierVersionsIsRead() {
    assertThat(SplitNote.parse("1 f00d 42 f0:3 f7:9 ta 0:30 11:10 tb.c-d_e 2:2")).contains(NOTE);
    assertThat(SplitNote.parse("1 f00d 0")).contains(SplitNote.none("f00d"));
    assertThat(SplitNote.parse("1 f00d 5 ttopic 0:5").orElseThrow().partitions())
        .as("a topic's name may begin as the words do")
        .containsExactly(new SplitReport.Partition("topic", 0, 5, null, null));
  }

  @Test
  void whatIsSomethingElseIsNone() {
    for (String other :
        List.of(
            "",
            "1",
            "1 f00d",
            "2 f00d 5 attempt",
            "x f00d 5",
            "1 f00d many",
            "1 f00d 5 ta 0",
            "1 f00d 5 ta 0:x",
            "1 f00d 5 ta 0:-1",
            "1 f00d 5 ta -1:1",
            "1 f00d 5 0:1",
            "1 f00d 5 f1",
            "1 f00d 99999999999999999999")) {
      assertThat(SplitNote.parse(other)).as("\"%s\"", other).isEmpty();
    }
  }

  @Test
  void itIsReadAsItWasStored() throws IOException {
    assertThat(Json.read(Json.write(NOTE), SplitNote.class)).isEqualTo(NOTE);
  }

  @Test
  void nobodyCanChangeIt() {
    assertThatThrownBy(() -> NOTE.filtered().put(1, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> NOTE.partitions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
