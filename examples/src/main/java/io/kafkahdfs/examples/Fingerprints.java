package io.kafkahdfs.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What each partition of a topic holds.
 *
 * @param partitions by their numbers
 */
record Fingerprints(List<Fingerprint> partitions) {
  /** Of partitions that hold nothing yet. */
  static Fingerprints ofEmpty(int partitions) {
    return new Fingerprints(Stream.generate(Fingerprint::new).limit(partitions).toList());
  }

  Fingerprint of(int partition) {
    return partitions.get(partition);
  }

  /** How others, of as many partitions, differ from these, for people; nothing if they do not. */
  List<String> differences(Fingerprints others) {
    List<String> differences = new ArrayList<>();
    for (int partition = 0; partition < partitions.size(); partition++) {
      Fingerprint wanted = of(partition);
      Fingerprint found = others.of(partition);
      if (wanted.records() != found.records()) {
        differences.add(
            "Partition %d: %d records, not %d."
                .formatted(partition, found.records(), wanted.records()));
      } else if (!wanted.checksum().equals(found.checksum())) {
        differences.add(
            "Partition %d: %d records, as many as there should be, but not the same ones."
                .formatted(partition, wanted.records()));
      }
    }
    return differences;
  }
}
