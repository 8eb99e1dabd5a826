package io.kafkahdfs.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Old(String name, Long size) {}

  record New(String name, Long size, @AddedLater List<String> tags) {
    New {
      tags = tags == null ? List.of() : List.copyOf(tags);
    }
  }

  @Test
  void whatEarlierVersionsDidNotWriteMayBeMissing() throws IOException {
    byte[] old = Json.writeSealed(new Old("a", null));

    assertThat(Json.readSealed(old, New.class)).isEqualTo(new New("a", null, List.of()));
    New later = new New("a", 1L, List.of("x"));
    assertThat(Json.readSealed(Json.writeSealed(later), New.class)).isEqualTo(later);
  }

  @Test
  void allElseMustBeThereAlsoWhereItMayBeNull() {
    assertThatThrownBy(() -> Json.read("{\"name\":\"a\"}".getBytes(UTF_8), New.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'size'");
    assertThatThrownBy(() -> Json.read("{\"size\":1}".getBytes(UTF_8), Old.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'name'");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertThatThrownBy(
            () -> Json.read("{\"name\":\"a\",\"size\":1,\"more\":2}".getBytes(UTF_8), Old.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more");
  }
}
