package io.kafkahdfs.consumer.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateLayoutTest {
  private static final PartitionId CLICKS = new PartitionId("clicks", 3);

  @ParameterizedTest
  @CsvSource({
    "daily, clicks/dt=2026-11-26",
    "hourly, clicks/dt=2026-11-26/hour=03",
    "{topic}/p={partition}, clicks/p=3",
    "{time:MMM}, Nov",
    "{time:HHmmS}, 03040",
    "{time:yyyy}/{time:MM}/{topic}, 2026/11/clicks",
    "t-{topic}-{time:HH:mm}, t-clicks-03%3A04",
    "all, all"
  })
  void foldersFollowTheTemplate(String template, String folder) throws IOException {
    assertThat(folder(template, "UTC", record("2026-11-26T03:04:05Z"))).isEqualTo(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29T00:59:59Z, 2026-03-29T01",
    "Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T03",
    "Asia/Kathmandu, 2026-01-01T18:14:59Z, 2026-01-01T23",
    "Asia/Kathmandu, 2026-01-01T18:15:00Z, 2026-01-02T00",
    "+00:07:30, 2026-01-01T23:52:30Z, 2026-01-02T00"
  })
  void hoursAreThoseOfTheZone(String zone, String time, String folder) throws IOException {
    assertThat(folder("{time:yyyy-MM-dd'T'HH}", zone, record(time))).isEqualTo(folder);
  }

  /** What is remembered from record to record must not show. */
  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd, Europe/Berlin",
    "yyyy-MM-dd_HH, America/St_Johns",
    "yyyy-MM-dd_HH_mm, Asia/Kathmandu",
    "yyyy-MM-dd_HH_mm_ss, UTC",
    "HH_mm_SSS, UTC",
    "HH, +00:07:30",
    "mm, +00:07:30",
    "yyyy-MM-dd_HH_xxx, Australia/Lord_Howe",
    "yyyy_MM_dd_HH, Africa/Monrovia"
  })
  void everyRecordIsInTheFolderOfItsTime(String pattern, String zone) throws IOException {
    Random random = new Random(4);
    TemplateLayout layout = layout("{time:" + pattern + "}", zone, Optional.empty());
    DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    Lane last = null;
    // Within hours of a time that zones change at, and before they had whole minutes.
    long base = Instant.parse("2026-03-29T01:00:00Z").toEpochMilli();
    for (int i = 0; i < 5_000; i++) {
      long ms =
          random.nextInt(4) == 0
              ? -3_000_000_000_000L + random.nextInt()
              : base + random.nextInt(20_000_000) - 10_000_000;
      last = layout.lane(at(ms), last);
      assertThat(last.folder())
          .isEqualTo(
              FolderName.of(
                  formatter.format(
                      ZonedDateTime.ofInstant(Instant.ofEpochMilli(ms), ZoneId.of(zone)))));
    }
  }

  @Test
  void mostRecordsMakeNoLane() throws IOException {
    TemplateLayout layout = layout("hourly", "UTC", Optional.empty());
    Lane first = layout.lane(record("2026-11-26T03:00:00Z"), null);
    assertThat(layout.lane(record("2026-11-26T03:59:59Z"), first)).isSameAs(first);
    Lane next = layout.lane(record("2026-11-26T04:00:00Z"), first);
    assertThat(next).isNotEqualTo(first);
    assertThat(layout.lane(record("2026-11-26T03:30:00Z"), next)).isSameAs(first);
  }

  @Test
  void recordsWithoutATimeAreTogether() throws IOException {
    KafkaRecord record = record("2026-11-26T03:00:00Z");
    record.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);

    assertThat(folder("daily", "UTC", record)).isEqualTo("clicks/dt=__HIVE_DEFAULT_PARTITION__");
    assertThat(
            layout("daily", "UTC", Optional.of(Instant.parse("2026-01-02T00:00:00Z")))
                .lane(record, null)
                .folder())
        .isEqualTo("clicks/dt=2026-01-02");
  }

  /** Seconds or microseconds where milliseconds should be, and worse, stop no load. */
  @ParameterizedTest
  @CsvSource({
    "UTC, 0, 1970-01-01",
    "UTC, 253402300799999, 9999-12-31",
    "UTC, 253402300800000, __HIVE_DEFAULT_PARTITION__",
    "UTC, 9404640000000000, __HIVE_DEFAULT_PARTITION__",
    "UTC, 9223372036854775807, __HIVE_DEFAULT_PARTITION__",
    "UTC, -62135596800000, 0001-01-01",
    "UTC, -62135596800001, __HIVE_DEFAULT_PARTITION__",
    "UTC, -9223372036854775808, __HIVE_DEFAULT_PARTITION__",
    "Asia/Kathmandu, 253402280100000, __HIVE_DEFAULT_PARTITION__",
    "Asia/Kathmandu, 253402280099999, 9999-12-31",
    "Pacific/Auckland, 9223372036854775807, __HIVE_DEFAULT_PARTITION__"
  })
  void yearsThatTablesDoNotKnowAreNoTimes(String zone, long ms, String day) throws IOException {
    TemplateLayout layout =
        layout("daily", zone, Optional.empty(), Optional.of(Instant.parse("2026-11-26T00:00:00Z")));
    Lane last = layout.lane(at(1), null);
    assertThat(layout.lane(at(ms), last).folder()).isEqualTo("clicks/dt=" + day);
    assertThat(layout.isLate()).isEqualTo(ms <= 0 && !day.startsWith("_"));
  }

  @Test
  void aNameThatIsTooLongIsRefusedBeforeARecordComes() {
    assertThatThrownBy(() -> FolderTemplate.parse("{topic}/" + "x".repeat(256), ZoneId.of("UTC")))
        .hasMessageContaining("255 bytes");
  }

  /** By a last run that began at 01:30 UTC of the 26th. */
  @ParameterizedTest
  @CsvSource({
    "hourly, UTC, 2026-11-26T00:59:59.999Z, true",
    "hourly, UTC, 2026-11-26T01:00:00Z, false",
    "hourly, UTC, 2026-11-26T01:30:01Z, false",
    "hourly, UTC, 2026-11-27T00:00:00Z, false",
    "hourly, Asia/Kathmandu, 2026-11-26T01:14:59Z, true",
    "hourly, Asia/Kathmandu, 2026-11-26T01:15:00Z, false",
    "daily, UTC, 2026-11-26T00:00:00Z, false",
    "daily, UTC, 2026-11-25T23:59:59Z, true",
    "daily, Europe/Berlin, 2026-11-25T23:00:00Z, false",
    "daily, Europe/Berlin, 2026-11-25T22:59:59Z, true",
    "{time:yyyy}/{time:MM}, UTC, 2026-10-31T23:59:59Z, true",
    "{time:yyyy}/{time:MM}, UTC, 2026-11-01T00:00:00Z, false",
    "{header:x}/{time:yyyy-MM-dd}, UTC, 2026-11-25T23:59:59Z, true",
    "{header:x}/{time:yyyy-MM-dd}, UTC, 2026-11-26T00:00:00Z, false",
    "{topic}, UTC, 2020-01-01T00:00:00Z, false"
  })
  void aRecordIsLateIfTheTimeOfItsFolderWasOver(
      String template, String zone, String time, boolean late) throws IOException {
    Instant previous = Instant.parse("2026-11-26T01:30:00Z");
    TemplateLayout layout = layout(template, zone, Optional.empty(), Optional.of(previous));
    Lane last = null;
    for (String next : List.of("2026-11-26T01:30:00Z", time, time)) {
      last = layout.lane(record(next), last);
    }
    assertThat(layout.isLate()).isEqualTo(late);
    layout.lane(record("2026-11-26T02:00:00Z"), last);
    assertThat(layout.isLate()).isFalse();

    TemplateLayout first = layout(template, zone, Optional.empty());
    first.lane(record(time), null);
    assertThat(first.isLate()).as("in a first run").isFalse();
    TemplateLayout ofRun = layout(template, zone, Optional.of(previous), Optional.of(previous));
    ofRun.lane(record(time), null);
    assertThat(ofRun.isLate()).as("by the run's time").isFalse();
  }

  @Test
  void whatHasNoTimeIsNotLate() throws IOException {
    TemplateLayout layout =
        layout(
            "daily", "UTC", Optional.empty(), Optional.of(Instant.parse("2026-11-26T01:30:00Z")));
    Lane last = layout.lane(record("2026-11-20T00:00:00Z"), null);
    assertThat(layout.isLate()).isTrue();
    KafkaRecord record = record("2026-11-20T00:00:00Z");
    record.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);
    layout.lane(record, last);
    assertThat(layout.isLate()).isFalse();
  }

  @Test
  void headersAreWrittenAsHiveDoes() throws IOException {
    TemplateLayout layout = layout("{topic}/c={header:country}", "UTC", Optional.empty());
    KafkaRecord record = record("2026-11-26T03:00:00Z");
    List<String> folders = new ArrayList<>();
    Lane last = null;
    for (String value : new String[] {"de", "de", "a/b:c", "../x", "", "Grüße 世界"}) {
      record.setHeaders(
          List.of(
              new RecordHeader("country", "first".getBytes(UTF_8)),
              new RecordHeader("country", value.getBytes(UTF_8))));
      last = layout.lane(record, last);
      folders.add(last.folder());
    }
    record.setHeaders(List.of());
    folders.add(layout.lane(record, last).folder());
    record.setHeaders(List.of(new RecordHeader("country", null)));
    folders.add(layout.lane(record, last).folder());

    assertThat(folders)
        .containsExactly(
            "clicks/c=de",
            "clicks/c=de",
            "clicks/c=a%2Fb%3Ac",
            "clicks/c=..%2Fx",
            "clicks/c=__HIVE_DEFAULT_PARTITION__",
            "clicks/c=Grüße 世界",
            "clicks/c=__HIVE_DEFAULT_PARTITION__",
            "clicks/c=__HIVE_DEFAULT_PARTITION__");
  }

  @Test
  void valuesMakeNoHiddenFolders() throws IOException {
    KafkaRecord record = record("2026-11-26T03:00:00Z");
    record.setHeaders(List.of(new RecordHeader("h", "..".getBytes(UTF_8))));
    assertThat(folder("{header:h}/x", "UTC", record)).isEqualTo("%2E./x");
    record.setHeaders(List.of(new RecordHeader("h", "_tmp".getBytes(UTF_8))));
    assertThat(folder("{header:h}", "UTC", record)).isEqualTo("%5Ftmp");
    record.setHeaders(List.of());
    assertThat(folder("{header:h}", "UTC", record)).isEqualTo("%5F_HIVE_DEFAULT_PARTITION__");
  }

  @Test
  void namesThatAreTooLongAreRefused() {
    KafkaRecord record = record("2026-11-26T03:00:00Z");
    record.setHeaders(List.of(new RecordHeader("h", "x".repeat(256).getBytes(UTF_8))));

    assertThatThrownBy(() -> folder("{header:h}", "UTC", record))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContainingAll("clicks-3@7", "255 bytes", "--layout");
  }

  @Test
  void aRecordThatIsRefusedHasNoLaneForTheNextOne() throws IOException {
    TemplateLayout layout =
        layout("x".repeat(251) + "{time:yyyy}", "UTC", Optional.empty(), Optional.empty());
    Lane last = layout.lane(record("2026-11-26T03:00:00Z"), null);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> layout.lane(record("+12026-11-26T03:00:00Z"), last))
          .isInstanceOf(UnwritableRecordException.class);
    }
    assertThat(layout.lane(record("2026-11-26T03:00:00Z"), last)).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/{topic}|single slashes",
        "{topic}/|single slashes",
        "{topic}//x|single slashes",
        "../{topic}|begin with _ or a dot",
        "{topic}/../x|begin with _ or a dot",
        "|it must be folders",
        "{topic}/_x|begin with _ or a dot",
        "{topic}/.x|begin with _ or a dot",
        "a:b|cannot have :",
        "{topic|cannot have {",
        "{topics}|there is no {topics}",
        "{topic:x}|there is no {topic:...}",
        "{time}|there is no {time}",
        "{value:x}|{header:NAME} and {field:NAME}",
        "{field:}|names no field",
        "{field:a..b}|names no field",
        "{time:}|no pattern",
        "{time:yyyy/MM}|{time:yyyy}/{time:MM}",
        "{time:bbb}|{time:bbb}",
        "{header:}|names no header"
      })
  void wrongTemplatesAreExplained(String wrong) {
    String template = wrong.substring(0, wrong.indexOf('|'));
    assertThatThrownBy(() -> FolderTemplate.parse(template, ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong.substring(wrong.indexOf('|') + 1));
  }

  private static String folder(String template, String zone, KafkaRecord record)
      throws IOException {
    return layout(template, zone, Optional.empty()).lane(record, null).folder();
  }

  private static TemplateLayout layout(String template, String zone, Optional<Instant> runTime) {
    return layout(template, zone, runTime, Optional.empty());
  }

  private static TemplateLayout layout(
      String template, String zone, Optional<Instant> runTime, Optional<Instant> previous) {
    return new TemplateLayout(
        FolderTemplate.parse(template, ZoneId.of(zone)),
        FilePer.PARTITION,
        runTime.map(RecordTime::always).orElse(RecordTime.own()),
        () -> null,
        runTime.isPresent() ? Optional.empty() : previous);
  }

  private static KafkaRecord record(String time) {
    return at(Instant.parse(time).toEpochMilli());
  }

  private static KafkaRecord at(long ms) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(CLICKS, 7);
    record.setTimestamp(ms, TimestampType.CREATE_TIME);
    return record;
  }
}
