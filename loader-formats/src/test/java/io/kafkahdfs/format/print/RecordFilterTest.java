package io.kafkahdfs.format.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTest {
  static KafkaRecord record() {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(new PartitionId("visits", 3), 17);
    record.setTimestamp(1_790_000_000_000L, TimestampType.CREATE_TIME);
    record.key().set(utf8("u 17"));
    record.value().set(utf8("an error and it's \u03c9"));
    record.setHeaders(
        List.of(
            new RecordHeader("trace", utf8("first")),
            new RecordHeader("trace", utf8("a=b")),
            new RecordHeader("none", null)));
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic = visits",
        "topic != other",
        "topic ~ ^vis",
        "partition=3",
        "offset >= 17 and offset < 18",
        "offset != 16 AND partition <= 3",
        "timestamp = 1790000000000",
        "timestamp < 2026-09-21T14:13:21Z and timestamp > 2026-09-21T14:13:19Z",
        "timestamp != null",
        "key = 'u 17'",
        "key > t",
        "value ~ error",
        "value ~ 'it''s .$'",
        "value ~ 'and'and key != null",
        "header.trace = a=b",
        "header.none = null",
        "header.other = null",
        "header.other != x",
        "header.none != 'null'"
      })
  void whatFitsIsThere(String where) throws LoaderException {
    assertThat(RecordFilter.of(Optional.of(where)).has(record())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic = visit",
        "topic ~ ^sits",
        "partition=4",
        "offset >= 17 and offset < 17",
        "offset > 17",
        "timestamp = null",
        "key = u17",
        "key = null",
        "key = 'null'",
        "value ~ 'Error'",
        "header.trace = first",
        "header.none ~ .",
        "header.none > a",
        "header.other != null"
      })
  void whatDoesNotFitIsNot(String where) throws LoaderException {
    assertThat(RecordFilter.of(Optional.of(where)).has(record())).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          folder.dt = 2026-11-26                       | true
          folder.dt < 2026-11-27 and folder.hour >= 5  | true
          folder.dt != 2026-11-26                      | false
          folder.hour < 10                             | true
          folder.hour > 07                             | true
          folder.hour ~ ^1                             | false
          folder.who = 'a/b 10%'                       | true
          folder.empty = null                          | true
          folder.none = null and folder.who != null    | true
          folder.none > a                              | false
          folder.file = x                              | false
          offset = 1                                   | true
          """)
  void foldersTellWhetherAFileIsLookedAt(String where, boolean looked) throws LoaderException {
    String path =
        "visits/dt=2026-11-26/hour=9/who=a%2Fb 10%25/empty=__HIVE_DEFAULT_PARTITION__/file=x";
    assertThat(RecordFilter.of(Optional.of(where)).mayBeIn(path)).isEqualTo(looked);
  }

  @Test
  void recordsAreNotAskedForTheirFolders() throws LoaderException {
    assertThat(RecordFilter.of(Optional.of("folder.dt = x and offset = 17")).has(record()))
        .isTrue();
  }

  @Test
  void whoReadsNoRecordsSaysSo() {
    assertThatThrownBy(
            () -> RecordFilter.of(Optional.of("folder.dt = x and key = y")).checkOnlyFolders())
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("--where key", "folder.dt <");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ofset = 3 | no condition at character 0
          offset 3 | no condition at character 0
          offset = 3 or offset = 4 | no "and" at character 11
          key = u 17 | no "and" at character 8
          key = 'u | no condition
          offset = 3 and | no condition at character 14
          offset = x | offset needs a number
          offset ~ 3 | offset is a number
          partition = null | partition is a number
          timestamp > 2026-13-01T00:00:00Z | timestamp needs a number of milliseconds
          key < null | null can only be equal
          value ~ ( | no regular expression
          header. = 3 | no condition
          """)
  void whatIsNoConditionIsExplained(String where, String message) {
    assertThatThrownBy(() -> RecordFilter.of(Optional.of(where)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("--where", message);
  }

  @Test
  void withoutConditionsAllFit() throws LoaderException {
    assertThat(RecordFilter.of(Optional.empty()).has(new KafkaRecord())).isTrue();
  }

  @Test
  void aRecordWithoutAPlaceIsNotChosenByIt() {
    KafkaRecord record = record();
    record.setPosition(null, 0);

    assertThatThrownBy(() -> RecordFilter.of(Optional.of("key != null and offset = 0")).has(record))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("--where offset");
  }

  @Test
  void anExpressionWithoutEndIsGivenUp() {
    KafkaRecord record = record();
    record.value().set(utf8("a".repeat(60)));

    assertThatThrownBy(() -> RecordFilter.of(Optional.of("value ~ (a|aa)+\\1b")).has(record))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("--where");
  }
}
