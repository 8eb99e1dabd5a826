package io.kafkahdfs.format.print;

import io.kafkahdfs.client.BoundedMatch;
import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which records somebody wants to see: conditions that must all hold, {@code key = 'u 17' and
 * offset >= 5 and value ~ error}.
 */
public final class RecordFilter {
  private static final RecordFilter ALL = new RecordFilter(List.of());

  private static final String CONDITIONS =
      "conditions such as offset >= 5, key = 'u 17', value ~ error, timestamp < 2026-11-26T00:00:00Z,"
          + " header.trace != null, folder.dt = 2026-11-26, with and between them";

  private static final String SETTING = "--where";
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*(topic|partition|offset|timestamp|key|value|(?:header|folder)\\.[^\\s=!<>~]+)"
              + "\\s*(=|!=|<=|>=|<|>|~)\\s*('(?:[^']|'')*+'|[^\\s']+)\\s*");

  private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);
  private static final String FOLDER = "folder.";
  private static final Set<String> PLACES = Set.of("topic", "partition", "offset");

  private final List<Condition> conditions;

  private RecordFilter(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /**
   * @param text of the value; null for null
   */
  private record Condition(
      String name, String operator, String text, Pattern pattern, long number) {
    boolean isNumber() {
      return !name.equals("topic") && (PLACES.contains(name) || name.equals("timestamp"));
    }

    boolean isOfFolder() {
      return name.startsWith(FOLDER);
    }

    boolean holds(FolderValues folders) {
      String found = folders.value(name.substring(FOLDER.length())).orElse(null);
      if (found != null && text != null && pattern == null) {
        try {
          // Numbers in names of folders need not be padded.
          return order().test(Long.compare(Long.parseLong(found), Long.parseLong(text)));
        } catch (NumberFormatException e) {
          return holds(found);
        }
      }
      return holds(found);
    }

    boolean holds(KafkaRecord record) {
      return switch (name) {
        case "topic" -> holds(record.partition().topic());
        case "partition" -> holds(record.partition().partition());
        case "offset" -> holds(record.offset());
        case "timestamp" ->
            record.timestamp() == KafkaRecord.NO_TIMESTAMP
                ? text == null == operator.equals("=")
                : text == null ? operator.equals("!=") : holds(record.timestamp());
        case "key" -> holds(text(record.key()));
        case "value" -> holds(text(record.value()));
        default -> holds(header(record));
      };
    }

    private static String text(ByteView bytes) {
      return bytes.isNull() ? null : bytes.toString();
    }

    /** The last one counts, as in Kafka's own lookup. */
    private String header(KafkaRecord record) {
      String wanted = name.substring("header.".length());
      ByteView value = new ByteView();
      value.setNull();
      for (RecordHeader header : record.headers()) {
        if (header.key().equals(wanted)) {
          value.set(header.value());
        }
      }
      return text(value);
    }

    private boolean holds(String found) {
      if (text == null || found == null) {
        boolean same = text == null && found == null;
        return operator.equals("=") ? same : operator.equals("!=") && !same;
      }
      return pattern == null
          ? order().test(found.compareTo(text))
          : BoundedMatch.found(pattern, found, SETTING);
    }

    private boolean holds(long found) {
      return order().test(Long.compare(found, number));
    }

    private IntPredicate order() {
      return switch (operator) {
        case "=" -> order -> order == 0;
        case "!=" -> order -> order != 0;
        case "<" -> order -> order < 0;
        case "<=" -> order -> order <= 0;
        case ">" -> order -> order > 0;
        default -> order -> order >= 0;
      };
    }
  }

  /**
   * @throws IllegalArgumentException if it is no list of conditions; its message says what is wrong
   */
  static RecordFilter parse(String text) {
    List<Condition> conditions = new ArrayList<>();
    Matcher next = CONDITION.matcher(text);
    int at = 0;
    while (true) {
      next.region(at, text.length());
      if (!next.lookingAt()) {
        throw new IllegalArgumentException(
            "there is no condition at character " + at + "; give " + CONDITIONS);
      }
      conditions.add(condition(next.group(1), next.group(2), next.group(3)));
      at = next.end();
      if (at == text.length()) {
        return new RecordFilter(conditions);
      }
      Matcher and = AND.matcher(text).region(at, text.length());
      if (!and.lookingAt()) {
        throw new IllegalArgumentException(
            "there is no \"and\" at character " + at + "; values with spaces need single quotes");
      }
      at = and.end();
    }
  }

  /**
   * What a setting says; all records if it is not given.
   *
   * @throws InvalidSettingException if it says nothing that can be
   */
  public static RecordFilter of(Optional<String> where) throws InvalidSettingException {
    try {
      return where.map(RecordFilter::parse).orElse(ALL);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "Wrong " + SETTING + " " + Quoted.text(where.get()) + ": " + e.getMessage() + ".");
    }
  }

  private static Condition condition(String name, String operator, String value) {
    boolean quoted = value.startsWith("'");
    String text =
        quoted
            ? value.substring(1, value.length() - 1).replace("''", "'")
            : value.equals("null") ? null : value;
    if (text == null && !operator.equals("=") && !operator.equals("!=")) {
      throw new IllegalArgumentException("null can only be equal or not: " + name + " " + operator);
    }
    Pattern pattern = null;
    long number = 0;
    try {
      if (operator.equals("~")) {
        pattern = Pattern.compile(text);
      }
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          name + " ~ " + value + " is no regular expression: " + e.getDescription(), e);
    }
    Condition condition = new Condition(name, operator, text, pattern, number);
    if (!condition.isNumber()) {
      return condition;
    }
    if (pattern != null || (text == null && !name.equals("timestamp"))) {
      throw new IllegalArgumentException(
          name + " is a number: " + name + " " + operator + " " + value);
    }
    return text == null ? condition : new Condition(name, operator, text, null, number(name, text));
  }

  private static long number(String name, String text) {
    try {
      return name.equals("timestamp") && text.contains("T")
          ? Instant.parse(text).toEpochMilli()
          : Long.parseLong(text);
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          name
              + " needs a number"
              + (name.equals("timestamp")
                  ? " of milliseconds, or a time as 2026-11-26T10:00:00Z"
                  : "")
              + ", and not "
              + text,
          e);
    }
  }

  /**
   * Whether the conditions hold that are about a file's folders, {@code folder.NAME}. Those are not
   * asked of its records.
   *
   * @param path of the file; its folders {@code NAME=VALUE} count
   * @throws LoaderException if a regular expression takes too long
   */
  public boolean mayBeIn(String path) throws LoaderException {
    FolderValues folders = FolderValues.of(path);
    try {
      return conditions.stream().filter(Condition::isOfFolder).allMatch(c -> c.holds(folders));
    } catch (UncheckedIOException e) {
      throw tooLong(e);
    }
  }

  /**
   * For those who choose files and read none.
   *
   * @throws InvalidSettingException if a condition is about records
   */
  public void checkOnlyFolders() throws InvalidSettingException {
    for (Condition condition : conditions) {
      if (!condition.isOfFolder()) {
        throw new InvalidSettingException(
            SETTING
                + " "
                + condition.name()
                + " is about records, and here whole files are chosen: name their folders, such as"
                + " folder.dt < 2026-11-26.");
      }
    }
  }

  private static LoaderException tooLong(UncheckedIOException e) {
    return e.getCause() instanceof LoaderException known
        ? known
        : new LoaderException(ExitCode.FAILURE, e.getCause().getMessage(), e);
  }

  /**
   * Whether all conditions hold, those about folders left out.
   *
   * @throws LoaderException if one is about the place of a record that does not tell it, or a
   *     regular expression takes too long
   */
  public boolean has(KafkaRecord record) throws LoaderException {
    try {
      for (Condition condition : conditions) {
        checkPlace(condition, record);
        if (!condition.isOfFolder() && !condition.holds(record)) {
          return false;
        }
      }
      return true;
    } catch (UncheckedIOException e) {
      throw tooLong(e);
    }
  }

  private static void checkPlace(Condition condition, KafkaRecord record)
      throws InvalidSettingException {
    if (record.partition() == null && PLACES.contains(condition.name())) {
      throw new InvalidSettingException(
          SETTING
              + " "
              + condition.name()
              + " needs files that tell where their records came from, and these do not.");
    }
  }
}
