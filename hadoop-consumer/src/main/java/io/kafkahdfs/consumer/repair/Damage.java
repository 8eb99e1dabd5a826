package io.kafkahdfs.consumer.repair;

import io.kafkahdfs.consumer.commit.RepairStep.Lost;
import io.kafkahdfs.consumer.write.Wanted;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files of a folder that can only be replaced together: some are missing, and of the others each
 * has records between those of another one.
 */
record Damage(String folder, List<Lost> files) {
  Damage {
    files = List.copyOf(files);
  }

  /** The offsets that the files have of each partition, those that meet as one range. */
  SortedMap<PartitionId, List<OffsetRange>> ranges() {
    SortedMap<PartitionId, List<OffsetRange>> all = new TreeMap<>();
    files.stream()
        .flatMap(each -> each.held().file().parts().stream())
        .map(part -> new OffsetRange(part.id(), part.firstOffset(), part.lastOffset() + 1))
        .forEach(
            range -> all.computeIfAbsent(range.partition(), p -> new ArrayList<>()).add(range));
    all.replaceAll((partition, ranges) -> Ranges.united(ranges));
    return all;
  }

  List<Wanted.Place> places() {
    return ranges().values().stream()
        .flatMap(List::stream)
        .map(range -> new Wanted.Place(folder, range))
        .toList();
  }

  long bytes() {
    return files.stream().mapToLong(each -> each.held().file().bytes()).sum();
  }
}
