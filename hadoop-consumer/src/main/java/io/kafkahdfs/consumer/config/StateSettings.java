package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.CommonSettings;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Share;
import io.kafkahdfs.config.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The settings of the commands that look at a load, or change it by hand; declared once. */
public final class StateSettings {
  private static final String SECTION = "Other commands";

  public static final Setting<Boolean> JSON =
      flag("json", "Print JSON for programs instead of tables for people.");

  public static final Setting<Integer> LAST =
      new Setting<>(
          SECTION,
          "load.last",
          List.of("--last"),
          "COMMITS",
          ValueType.integer(1, Integer.MAX_VALUE),
          Optional.empty(),
          "history: show only so many, the latest. Without it all.");

  public static final Setting<Long> COMMIT =
      new Setting<>(
          SECTION,
          "load.commit",
          List.of("--commit"),
          "NUMBER",
          ValueType.count(),
          Optional.empty(),
          "verify: look only at the files of this commit. Without it at all that stand.");

  public static final Setting<Instant> SINCE =
      new Setting<>(
          SECTION,
          "load.since",
          List.of("--since"),
          "TIME",
          time(),
          Optional.empty(),
          "verify: look only at commits that were made at this time or later.");

  public static final Setting<Share> DEEP =
      new Setting<>(
          SECTION,
          "load.deep",
          List.of("--deep"),
          "[SHARE]",
          new ValueType<>(Share.ALLOWED, Share::parse),
          Optional.of("false"),
          "verify: also read every file back and compare its checksum, the count of its records"
              + " and, in Avro, their offsets. With a share only some files: 5% of them, whichever,"
              + " or part 3/30, which is the same ones each time, so that parts 1 to 30 are all.");

  public static final Setting<Long> TO =
      new Setting<>(
          SECTION,
          "load.to",
          List.of("--to"),
          "NUMBER",
          number(),
          Optional.empty(),
          "rollback: go back to what this commit had made of the output; 0 is before the first"
              + " one.");

  public static final Setting<Boolean> PURGE =
      flag("purge", "rollback: empty the trash of all rollbacks. They cannot be undone then.");

  public static final Setting<String> WHY =
      new Setting<>(
          SECTION,
          "load.why",
          List.of("--why"),
          "TEXT",
          ValueType.text("some words"),
          Optional.empty(),
          "rollback, forget, compact, purge, set-offsets: why, for the commit and the history.");

  public static final Setting<List<String>> OFFSETS =
      new Setting<>(
          SECTION,
          "load.offset",
          List.of("--offset"),
          "TOPIC:PARTITION:OFFSET",
          ValueType.list(
              "TOPIC:PARTITION:OFFSET, several separated by commas",
              Pattern.compile("[a-zA-Z0-9._-]{1,249}:\\d{1,9}:\\d{1,18}")),
          Optional.empty(),
          "set-offsets: where the next run is to begin in a partition; may be repeated.");

  public static final Setting<Integer> PARTITION =
      new Setting<>(
          SECTION,
          "load.partition",
          List.of("--partition"),
          "NUMBER",
          ValueType.integer(0, Integer.MAX_VALUE),
          Optional.empty(),
          "replay: the partition to read. cat: print only records of this one.");

  public static final Setting<Long> FROM =
      new Setting<>(
          SECTION,
          "load.from",
          List.of("--from"),
          "OFFSET",
          number(),
          Optional.empty(),
          "replay, cat: the first offset to read.");

  public static final Setting<Long> UNTIL =
      new Setting<>(
          SECTION,
          "load.until",
          List.of("--until"),
          "OFFSET",
          number(),
          Optional.empty(),
          "replay, cat: the first offset not to read.");

  public static final Setting<Long> LIMIT =
      new Setting<>(
          SECTION,
          "load.limit",
          List.of("--limit"),
          "RECORDS",
          ValueType.count(),
          Optional.of("10"),
          "cat: how many records to print at most.");

  public static final Setting<String> RECORD_FORMAT = CommonSettings.recordFormat("load.");

  public static final Setting<String> WHERE = CommonSettings.where("load.");

  public static final Setting<Boolean> QUARANTINE =
      flag(
          "quarantine",
          "cat: print the bad records that were put aside, each with its reason. forget: their"
              + " files, and no others.");

  public static final Setting<Duration> KEEP =
      new Setting<>(
          SECTION,
          "load.keep",
          List.of("--keep"),
          "SPAN",
          ValueType.duration(),
          Optional.empty(),
          "forget: files that landed longer ago than this, by the time of their commit.");

  public static final Setting<Instant> BEFORE =
      new Setting<>(
          SECTION,
          "load.before",
          List.of("--before"),
          "TIME",
          time(),
          Optional.empty(),
          "forget: files that landed before this time, by the time of their commit.");

  public static final Setting<Boolean> MISSING =
      flag("missing", "forget: files that are gone, so that verify does not miss them any more.");

  public static final Setting<Duration> OLDER_THAN =
      new Setting<>(
          SECTION,
          "load.older.than",
          List.of("--older-than"),
          "SPAN",
          ValueType.duration(),
          Optional.empty(),
          "purge: only what went into the trash longer ago than this; compact: only files that landed"
              + " longer ago. Without it all.");

  public static final Setting<Long> TARGET_BYTES =
      new Setting<>(
          SECTION,
          "load.target.bytes",
          List.of("--target-bytes"),
          "BYTES",
          ValueType.bytes(1, Long.MAX_VALUE),
          Optional.of("256m"),
          "compact: how large merged files get at most; files of that size stay as they are.");

  public static final Setting<String> HTML =
      new Setting<>(
          SECTION,
          "load.html",
          List.of("--html"),
          "FILE",
          ValueType.text("a file's name"),
          Optional.empty(),
          "report: the local file to write the page to. Required.");

  /** All of them, in the order of the documentation. */
  public static final List<Setting<?>> ALL =
      List.of(
          JSON,
          LAST,
          COMMIT,
          SINCE,
          DEEP,
          TO,
          PURGE,
          WHY,
          OFFSETS,
          PARTITION,
          FROM,
          UNTIL,
          LIMIT,
          RECORD_FORMAT,
          WHERE,
          QUARANTINE,
          KEEP,
          BEFORE,
          MISSING,
          OLDER_THAN,
          TARGET_BYTES,
          HTML);

  private StateSettings() {}

  private static ValueType<Instant> time() {
    return new ValueType<>(
        "a day in UTC such as 2026-01-31, or a time such as 2026-01-31T06:00:00Z",
        StateSettings::time);
  }

  private static Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static Setting<Boolean> flag(String name, String documentation) {
    return new Setting<>(
        SECTION,
        "load." + name,
        List.of("--" + name),
        "",
        ValueType.flag(),
        Optional.of("false"),
        documentation);
  }

  private static ValueType<Long> number() {
    return new ValueType<>(
        "a whole number from 0 on",
        text -> {
          long value = Long.parseLong(text);
          if (value < 0) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
  }
}
