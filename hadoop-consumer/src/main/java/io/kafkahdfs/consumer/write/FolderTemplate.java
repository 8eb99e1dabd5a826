package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.format.typed.FieldText;
import io.kafkahdfs.format.typed.ValueField;
import io.kafkahdfs.store.HiddenName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;

/**
 * Folders below the output root, with the values of records in their names: {@code
 * {topic}/dt={time:yyyy-MM-dd}}.
 */
public final class FolderTemplate {
  /** Templates with names. */
  private static final Map<String, String> NAMED =
      Map.of(
          "daily", "{topic}/dt={time:yyyy-MM-dd}",
          "hourly", "{topic}/dt={time:yyyy-MM-dd}/hour={time:HH}");

  /** What stands for the topic. */
  public static final String TOPIC = "{topic}";

  private static final Pattern VALUE = Pattern.compile("\\{([a-z]+)(?::([^{}]*))?}");

  /** The most bytes of a name in HDFS, unless a cluster allows more or less. */
  static final int LONGEST_NAME = 255;

  private final String text;
  private final FolderTimes times;
  private final List<List<Part>> names = new ArrayList<>();

  /** Those of the parts that depend on more of a record than its partition and its time. */
  private final List<Part> others = new ArrayList<>();

  private final List<FieldText> fields = new ArrayList<>();

  /** Makes a part of a name. */
  private interface Part {
    /**
     * @param time null if the record has none that can be told
     * @param row what became of the value; null if nothing did
     * @throws UnwritableRecordException if the record names no folder
     */
    String of(KafkaRecord record, Instant time, IndexedRecord row) throws UnwritableRecordException;
  }

  private FolderTemplate(String text, ZoneId zone) {
    this.text = text;
    this.times = new FolderTimes(zone);
  }

  /**
   * @param text a template, or the name of one
   * @param zone in which times are told
   * @throws IllegalArgumentException if there can be no such folders; its message says why
   */
  public static FolderTemplate parse(String text, ZoneId zone) {
    String template = NAMED.getOrDefault(text, text);
    FolderTemplate parsed = new FolderTemplate(template, zone);
    if (template.isEmpty()
        || template.startsWith("/")
        || template.endsWith("/")
        || template.contains("//")) {
      throw new IllegalArgumentException(
          "it must be folders below the output, divided by single slashes");
    }
    for (String name : slashesOutside(template)) {
      parsed.names.add(parsed.parts(name));
    }
    return parsed;
  }

  private static List<String> slashesOutside(String template) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && depth == 0) {
        names.add(template.substring(from, i));
        from = i + 1;
      }
    }
    names.add(template.substring(from));
    return names;
  }

  private List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    Matcher value = VALUE.matcher(name);
    int from = 0;
    while (value.find()) {
      addLiteral(name, name.substring(from, value.start()), from == 0, parts);
      parts.add(value(value.group(1), value.group(2)));
      from = value.end();
    }
    addLiteral(name, name.substring(from), from == 0, parts);
    return parts;
  }

  private static void addLiteral(String name, String literal, boolean begins, List<Part> parts) {
    if (literal.isEmpty()) {
      return;
    }
    if (begins && HiddenName.is(literal)) {
      throw new IllegalArgumentException(
          "readers pass over folders such as " + name + ", whose names begin with _ or a dot");
    }
    if (literal.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a folder's name cannot have more than " + LONGEST_NAME + " bytes: " + name);
    }
    for (char c : literal.toCharArray()) {
      if (c < ' ' || ":\\{}*?\u007f".indexOf(c) >= 0) {
        throw new IllegalArgumentException("a folder's name cannot have " + c + " in it: " + name);
      }
    }
    parts.add((record, time, row) -> literal);
  }

  private Part value(String name, String argument) {
    return switch (name + (argument == null ? "" : ":")) {
      case "topic" -> (record, time, row) -> record.partition().topic();
      case "partition" -> (record, time, row) -> Integer.toString(record.partition().partition());
      case "time:" -> time(argument);
      case "header:" -> header(argument);
      case "field:" -> field(argument);
      default ->
          throw new IllegalArgumentException(
              "there is no {"
                  + name
                  + (argument == null ? "" : ":...")
                  + "}; there are {topic}, {partition}, {time:PATTERN}, {header:NAME} and {field:NAME}");
    };
  }

  private Part time(String pattern) {
    if (pattern.isEmpty() || pattern.contains("/")) {
      throw new IllegalArgumentException(
          "{time:" + pattern + "} has no pattern of one folder; write {time:yyyy}/{time:MM}");
    }
    DateTimeFormatter formatter = times.add(pattern);
    return (record, time, row) -> FolderName.of(time == null ? null : formatter.format(time));
  }

  private Part header(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("{header:} names no header");
    }
    Part part =
        (record, time, row) -> {
          byte[] value = null;
          List<RecordHeader> all = record.headers();
          for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key().equals(name)) {
              // The last one counts, as in Kafka's own lookup.
              value = all.get(i).value();
            }
          }
          return FolderName.of(value == null ? null : new String(value, StandardCharsets.UTF_8));
        };
    others.add(part);
    return part;
  }

  private Part field(String path) {
    FieldText field;
    try {
      field = new FieldText(new ValueField(path));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("{field:" + path + "} names no field", e);
    }
    fields.add(field);
    Part part = (record, time, row) -> FolderName.of(field.of(record, row));
    others.add(part);
    return part;
  }

  /** What it tells of times. */
  FolderTimes times() {
    return times;
  }

  /** Whether it tells of times. */
  public boolean hasTime() {
    return times.any();
  }

  /** The fields of values that it tells of. */
  public List<FieldText> fields() {
    return List.copyOf(fields);
  }

  /** Whether it tells of more than the partition and the time. */
  boolean hasOthers() {
    return !others.isEmpty();
  }

  /**
   * What it tells beside the partition and the time: two records of which it is the same differ in
   * nothing else.
   */
  String others(KafkaRecord record, IndexedRecord row) throws UnwritableRecordException {
    if (others.size() == 1) {
      return others.get(0).of(record, null, row);
    }
    StringBuilder values = new StringBuilder();
    for (Part part : others) {
      // No name has a slash in it.
      values.append(part.of(record, null, row)).append('/');
    }
    return values.toString();
  }

  /**
   * The folder of a record, below the output root.
   *
   * @param time null if the record has none that can be told
   * @param row what became of the value; null if nothing did
   */
  String folder(KafkaRecord record, Instant time, IndexedRecord row)
      throws UnwritableRecordException {
    StringBuilder folder = new StringBuilder();
    for (List<Part> parts : names) {
      StringBuilder name = new StringBuilder();
      for (Part part : parts) {
        name.append(part.of(record, time, row));
      }
      if (!folder.isEmpty()) {
        folder.append('/');
      }
      folder.append(FolderName.visible(name.toString()));
    }
    return folder.toString();
  }

  /** What it makes each folder's name of, from the output on. */
  public List<String> names() {
    return slashesOutside(text);
  }

  /** The template, written out. */
  @Override
  public String toString() {
    return text;
  }
}
