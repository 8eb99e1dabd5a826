package io.kafkahdfs.examples;

import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A few records worth a look: the first one of each script, and the first one without a value. */
final class Samples {
  private static final int MOST = 10;
  private static final int WIDTH = 150;

  private final Set<UnicodeScript> seen = EnumSet.noneOf(UnicodeScript.class);
  private final List<Landing.Record> chosen = new ArrayList<>();
  private boolean seenNull;

  void offer(Landing.Record record) {
    if (chosen.size() == MOST) {
      return;
    }
    if (record.value() == null) {
      if (!seenNull) {
        seenNull = true;
        chosen.add(record);
      }
    } else if (seen.addAll(scripts(text(record.value())))) {
      chosen.add(record);
    }
  }

  private static Set<UnicodeScript> scripts(String text) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    text.codePoints().filter(Character::isLetter).mapToObj(UnicodeScript::of).forEach(scripts::add);
    if (text.codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
      // Emoji belong to no script; stands for them.
      scripts.add(UnicodeScript.COMMON);
    }
    return scripts;
  }

  /** The records, by partition and offset. */
  List<Landing.Record> chosen() {
    return chosen.stream()
        .sorted(
            Comparator.comparingInt(Landing.Record::partition)
                .thenComparingLong(Landing.Record::offset))
        .toList();
  }

  /** A key or a value on one line. */
  static String text(byte[] bytes) {
    if (bytes == null) {
      return "null";
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    return text.codePointCount(0, text.length()) <= WIDTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)) + "…";
  }
}
