package io.kafkahdfs.producer.commit;

import io.kafkahdfs.client.SendProgress;
import io.kafkahdfs.offset.PartitionId;
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
 * @param partitions how many records went to each partition
 */
public record SplitNote(
    String fingerprint,
    long records,
    SortedMap<Integer, Long> filtered,
    SortedMap<PartitionId, Long> partitions) {
  private static final String VERSION = "1";

  public SplitNote {
    filtered = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
    partitions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
  }

  /** For a split that nothing was sent of. */
  public static SplitNote none(String fingerprint) {
    return new SplitNote(fingerprint, 0, new TreeMap<>(), new TreeMap<>());
  }

  /**
   * As text. Brokers keep only {@link SendProgress#LONGEST_NOTE} bytes: of a split that fills very
   * many partitions only the sum is kept.
   */
  public String text() {
    StringBuilder text = new StringBuilder(VERSION + " " + fingerprint + " " + records);
    filtered.forEach((part, count) -> text.append(" f").append(part).append(':').append(count));
    StringBuilder detail = new StringBuilder();
    String topic = "";
    for (var entry : partitions.entrySet()) {
      PartitionId partition = entry.getKey();
      if (!partition.topic().equals(topic)) {
        topic = partition.topic();
        detail.append(" t").append(topic);
      }
      detail.append(' ').append(partition.partition()).append(':').append(entry.getValue());
    }
    return text.length() + detail.length() <= SendProgress.LONGEST_NOTE
        ? text.append(detail).toString()
        : text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @return empty if it is something else
   */
  public static Optional<SplitNote> parse(String text) {
    String[] words = text.split(" ");
    if (words.length < 3 || !words[0].equals(VERSION)) {
      return Optional.empty();
    }
    SortedMap<Integer, Long> filtered = new TreeMap<>();
    SortedMap<PartitionId, Long> partitions = new TreeMap<>();
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
          partitions.put(new PartitionId(topic, number), count);
        }
      }
      return Optional.of(new SplitNote(words[1], Long.parseLong(words[2]), filtered, partitions));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
