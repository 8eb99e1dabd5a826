package io.kafkahdfs.format.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 258, 0x01020304, Integer.MAX_VALUE, -1})
  void theIdIsWhatWasWritten(int id) {
    byte[] bytes = new byte[10];
    WireFormat.putHead(id, bytes, 3);

    assertThat(WireFormat.fault(bytes, 3, 5)).isEmpty();
    assertThat(WireFormat.id(bytes, 3)).isEqualTo(id);
  }

  @Test
  void theHighestByteOfTheIdIsFirst() {
    byte[] bytes = new byte[WireFormat.HEAD_BYTES];
    WireFormat.putHead(0x01020304, bytes, 0);

    assertThat(bytes).containsExactly(0, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void whatIsTooShortIsNamed(int length) {
    assertThat(WireFormat.fault(new byte[10], 2, length))
        .hasValueSatisfying(
            fault -> assertThat(fault).contains("shorter than the 5 bytes", "it has " + length));
  }

  @Test
  void anotherFirstByteIsNamed() {
    byte[] bytes = {0, (byte) 0xff, 0, 0, 0, 1};

    assertThat(WireFormat.fault(bytes, 1, 5))
        .hasValueSatisfying(fault -> assertThat(fault).contains("the byte 255, not 0"));
  }
}
