package io.kafkahdfs.consumer.write;

import io.kafkahdfs.format.typed.FieldTime;
import io.kafkahdfs.format.typed.ValueField;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which time a layout tells.
 *
 * @param id its name on the command line
 * @param field the field of the value that has it; empty if it is none
 * @param format how the field has it; empty for what its type says
 */
public record TimeOf(String id, Optional<String> field, Optional<String> format) {
  /** That of each record. */
  public static final TimeOf RECORD = new TimeOf("record", Optional.empty(), Optional.empty());

  /** That at which the run began. */
  public static final TimeOf RUN = new TimeOf("run", Optional.empty(), Optional.empty());

  /** What {@link #parse} takes. */
  public static final String ALLOWED =
      "record, run, field:NAME or field:NAME:FORMAT, whose format is "
          + FieldTime.FORMATS
          + " or a pattern of Java's DateTimeFormatter";

  private static final Pattern FIELD = Pattern.compile("field:([^:]+)(?::(.+))?");

  /**
   * @throws IllegalArgumentException if it is none of these
   */
  public static TimeOf parse(String text) {
    if (text.equalsIgnoreCase(RECORD.id)) {
      return RECORD;
    }
    if (text.equalsIgnoreCase(RUN.id)) {
      return RUN;
    }
    Matcher field = FIELD.matcher(text);
    if (!field.matches()) {
      throw new IllegalArgumentException(text);
    }
    TimeOf parsed =
        new TimeOf(text, Optional.of(field.group(1)), Optional.ofNullable(field.group(2)));
    parsed.in(ZoneOffset.UTC);
    return parsed;
  }

  /**
   * How it is found in rows; empty if it is in no field.
   *
   * @param zone of times that tell none
   */
  public Optional<FieldTime> in(ZoneId zone) {
    return field.map(path -> new FieldTime(new ValueField(path), format, zone));
  }
}
