package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides how far a run may come in each partition, by what the user wants. */
record Endings(KafkaCluster cluster, EndPolicy end) {
  /**
   * @param described what the cluster said of the partitions
   * @return for each the first offset that is not read, at most the end of what is readable
   * @throws InvalidSettingException if the cluster cannot tell, or an offset does not fit
   */
  Map<PartitionId, Long> of(Map<PartitionId, PartitionSnapshot> described) throws IOException {
    Map<PartitionId, Long> ends = new TreeMap<>();
    described.forEach((partition, snapshot) -> ends.put(partition, snapshot.readable().until()));
    if (end instanceof EndPolicy.AtTime at) {
      if (cluster.generation() == Generation.LEGACY) {
        throw new InvalidSettingException(
            "--end timestamp:"
                + at.time()
                + " cannot work with this cluster: Kafka 0.9 knows times only of whole segments, so"
                + " that a run could end long before. Use --end offsets:FILE, or leave --end out.");
      }
      // Asked after the snapshot: what came in between is not of this run.
      cluster
          .offsetsAt(described.keySet(), at.time())
          .forEach((partition, offset) -> ends.merge(partition, offset, Math::min));
    } else if (end instanceof EndPolicy.AtOffsets given) {
      ends.putAll(named(given.file(), described));
    }
    return ends;
  }

  private static Map<PartitionId, Long> named(
      String file, Map<PartitionId, PartitionSnapshot> described) throws InvalidSettingException {
    Map<PartitionId, Long> named = OffsetsFile.read(file, "--end");
    named.keySet().retainAll(described.keySet());
    List<String> problems = new ArrayList<>();
    described.forEach(
        (partition, snapshot) -> {
          Long offset = named.get(partition);
          long readable = snapshot.readable().until();
          if (offset == null) {
            problems.add(
                file + " says nothing of " + partition + ", which is loaded. Add a line for it.");
          } else if (offset > readable) {
            problems.add(
                file
                    + " says "
                    + offset
                    + " for "
                    + partition
                    + ", which ends at "
                    + readable
                    + (snapshot.undecided() > 0
                        ? " for now: the transaction of the "
                            + snapshot.undecided()
                            + " offsets behind it is neither committed nor aborted."
                        : "."));
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
    return named;
  }
}
