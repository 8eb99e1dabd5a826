package io.kafkahdfs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong();

  private Progress progress(boolean terminal, long expected) {
    return new Progress(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, expected, clock::get);
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void numbersStandRightAndTextLeft() {
    Table table = new Table("topic", "offset");
    table.row("a", 5).row("longer", 1234);
    assertThat(table).hasToString("topic   offset\na            5\nlonger    1234\n");
    assertThatIllegalArgumentException().isThrownBy(() -> table.row("one"));
  }

  @Test
  void columnsOfAnyScriptAreAlignedOnATerminal() {
    String dog = "\uD83D\uDC36";
    String family = "\uD83D\uDC69\u200D\uD83D\uDC67";
    Table table = new Table("why", "by");
    table.row("plain", "a");
    table.row("ünï", "b");
    table.row("u\u0308ni\u0308", "c");
    table.row("\u65E5\u672C\u8A9E", "d");
    table.row("\uFF76\uFF9E", "e");
    table.row("\u1100\u1161", "f");
    table.row("\uD55C\uAE00", "g");
    table.row("\uD840\uDC00" + dog, "h");
    table.row(family, "i");
    assertThat(table)
        .hasToString(
            "why     by\n"
                + "plain   a\n"
                + "ünï     b\n"
                + "u\u0308ni\u0308     c\n"
                + "\u65E5\u672C\u8A9E  d\n"
                + "\uFF76\uFF9E      e\n"
                + "\u1100\u1161      f\n"
                + "\uD55C\uAE00    g\n"
                + ("\uD840\uDC00" + dog + "    h\n")
                + (family + "    i\n"));
  }

  @Test
  void aTerminalSeesOneLineThatIsWrittenAnew() {
    Progress progress = progress(true, 1000);
    progress.update(1, 1);
    assertThat(shown()).as("too soon").isEmpty();
    pass(Duration.ofSeconds(2));
    progress.update(250, 2048);
    assertThat(shown())
        .isEqualTo("\r25%  250 records  2.0 KiB  125 records/s  1.0 KiB/s  6.0 s left");
    progress.clear();
    assertThat(shown()).endsWith("\r");
  }

  @Test
  void aLogSeesPlainLinesNowAndThen() {
    Progress progress = progress(false, 1000);
    pass(Duration.ofSeconds(5));
    progress.update(500, 100);
    pass(Duration.ofSeconds(5));
    progress.update(1000, 200);
    progress.clear();
    assertThat(shown()).isEqualTo("100%  1,000 records  200 B  100 records/s  20 B/s\n");
  }

  @Test
  void amountsAreWrittenForPeople() {
    assertThat(Amounts.count(1234567)).isEqualTo("1,234,567");
    assertThat(Amounts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.bytes(5e15)).isEqualTo("4.4 PiB");
    assertThat(Amounts.span(Duration.ofMillis(2100))).isEqualTo("2.1 s");
    assertThat(Amounts.span(Duration.ofSeconds(187))).isEqualTo("3:07 min");
    assertThat(Amounts.span(Duration.ofMinutes(125))).isEqualTo("2:05 h");
  }
}
