package io.kafkahdfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Inner(String name, @AddedLater Long late) {}

  record Stored(long number, @AddedLater List<Inner> added, @AddedLater String note) {
    Stored {
      added = added == null ? List.of() : List.copyOf(added);
    }
  }

  private static <T> T read(String json, Class<T> type) throws IOException {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void whatEarlierVersionsDidNotWriteMayBeMissing() throws IOException {
    assertThat(read("{\"number\":1}", Stored.class)).isEqualTo(new Stored(1, List.of(), null));
    assertThat(read("{\"number\":1,\"added\":[{\"name\":\"a\"}]}", Stored.class))
        .isEqualTo(new Stored(1, List.of(new Inner("a", null)), null));
  }

  @Test
  void allElseMustBeThere() {
    assertThatThrownBy(() -> read("{\"note\":\"a\"}", Stored.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("number");
    assertThatThrownBy(() -> read("{\"number\":1,\"added\":[{\"late\":1}]}", Stored.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("name");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Stored stored = new Stored(7, List.of(new Inner("a", 5L)), "b");
    assertThat(Json.readSealed(Json.writeSealed(stored), Stored.class)).isEqualTo(stored);
  }
}
