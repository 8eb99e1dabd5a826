package io.kafkahdfs.producer.commit;

import io.kafkahdfs.state.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept together with a split's progress, so that a resumed split can still account for what
 * earlier attempts did.
 *
 * @param fingerprint the split's
 * @param records how many records were sent, and acknowledged
 * @param filtered how many records the mapper left out, by the split's part; parts with none are
 *     not in it
 * @param partitions what went to each partition, with its digests
 */
public record SplitNote(
    String fingerprint,
    long records,
    SortedMap<Integer, Long> filtered,
    List<SplitReport.Partition> partitions) {
  private static final String VERSION = "1";

  public SplitNote {
    filtered = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
    partitions = List.copyOf(partitions);
    StoredValue.counts("records", records);
    filtered.forEach(
        (part, count) -> {
          StoredValue.notNegative("part", part);
          StoredValue.counts("filtered", count);
        });
  }

  /** For a split that nothing was sent of. */
  public static SplitNote none(String fingerprint) {
    return new SplitNote(fingerprint, 0, new TreeMap<>(), List.of());
  }

  /**
   * Reads the text that earlier versions kept with progress.
   *
   * @return empty if it is something else
   */
  public static Optional<SplitNote> parse(String text) {
    String[] words = text.split(" ");
    if (words.length < 3 || !words[0].equals(VERSION)) {
      return Optional.empty();
    }
    SortedMap<Integer, Long> filtered = new TreeMap<>();
    List<SplitReport.Partition> partitions = new ArrayList<>();
    try {
      String topic = "";
      for (int i = 3; i < words.length; i++) {
        String word = words[i];
        if (word.startsWith("t")) {
          topic = word.substring(1);
          continue;
        }
        boolean isFiltered = word.startsWith("f");
        String[] pair = (isFiltered ? word.substring(1) : word).split(":");
        int number = Integer.parseInt(pair[0]);
        long count = Long.parseLong(pair[1]);
        if (isFiltered) {
          filtered.put(number, count);
        } else {
          partitions.add(new SplitReport.Partition(topic, number, count, null, null));
        }
      }
      return Optional.of(new SplitNote(words[1], Long.parseLong(words[2]), filtered, partitions));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
