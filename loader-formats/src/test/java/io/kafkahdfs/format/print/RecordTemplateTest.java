package io.kafkahdfs.format.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.config.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordTemplateTest {
  private static byte[] printed(String template, KafkaRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (RecordPrinter printer = RecordPrinter.of(false, false, Optional.of(template), out)) {
      printer.print(record);
    }
    return bytes.toByteArray();
  }

  @Test
  void eachPlaceholderIsFilledIn() throws IOException {
    assertThat(
            printed(
                "%t-%p@%o %T|%k|%s|%K %S|%h|%%\\n\\t\\\\\\x41\u00e9", RecordFilterTest.record()))
        .isEqualTo(
            ("visits-3@17 1790000000000|u 17|an error and it's \u03c9|4 20"
                    + "|trace=first,trace=a=b,none=NULL|%\n\t\\A\u00e9")
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesAreNotChangedAndNullIsNothing() throws IOException {
    KafkaRecord record = new KafkaRecord();
    record.key().setNull();
    record.value().set(new byte[] {(byte) 0xff, 0, 10});

    assertThat(printed("%k%s", record)).containsExactly(0xff, 0, 10);
    assertThat(new String(printed("%K %S %t %p %o %T", record), StandardCharsets.UTF_8))
        .isEqualTo("-1 3  -1 -1 -1");
  }

  @ParameterizedTest
  @CsvSource({
    "%x, there is no %x",
    "100%, it ends with %",
    "a\\, it ends with",
    "\\q, there is no",
    "\\x4, two digits",
    "\\xff, 00 to 7f"
  })
  void whatThereIsNotIsNamed(String template, String message) {
    assertThatThrownBy(() -> printed(template, new KafkaRecord()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("--record-format", message);
  }

  @Test
  void oneWayToPrintIsEnough() {
    assertThatThrownBy(() -> RecordPrinter.of(true, false, Optional.of("%s"), System.out))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("--json");
  }
}
