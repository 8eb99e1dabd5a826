package io.kafkahdfs.consumer.job;

import io.kafkahdfs.command.MetricsFile;
import java.time.Instant;

/** The figures of a run. */
record RunFigures(Summary summary) {
  /** Tells them for monitoring. */
  void tell(MetricsFile.Figures figures) {
    figures.add("last_run_records", "Records that the last run landed", summary.records());
    figures.add(
        "last_run_bytes", "Bytes of keys and values that the last run read", summary.bytes());
    figures.add("last_run_files", "Files that the last run landed", summary.files());
    figures.add(
        "last_run_lost_offsets",
        "Offsets that retention removed before the last run read them",
        summary.partitions().stream().mapToLong(partition -> partition.tally().lost()).sum());
    figures.add(
        "last_run_bad_records",
        "Bad records that the last run left out or put aside",
        summary.bad());
    figures.add(
        "last_run_quarantined_records",
        "Records that the last run put into the quarantine",
        summary.quarantine() == null ? 0 : summary.quarantine().records());
    figures.add(
        "last_run_left_out_offsets",
        "Offsets from before the load began that the last run left out for --start",
        summary.partitions().stream().mapToLong(Summary.Partition::leftOut).sum());
    figures.add(
        "last_run_unchecked_partitions",
        "Partitions of which the last run could not see whether they still are what was loaded",
        summary.unchecked().size());
    figures.add(
        "last_run_late_records",
        "Records of the last run that came late for their folders",
        summary.late() == null ? 0 : summary.late().records());
    for (Summary.Next partition : summary.next()) {
      String[] labels = {
        "topic", partition.topic(), "partition", String.valueOf(partition.partition())
      };
      figures.add("next_offset", "Where the next run begins", partition.offset(), labels);
      figures.add(
          "lag_offsets",
          "Offsets that the last run left for the next one",
          Math.max(0, partition.end() - partition.offset()),
          labels);
      figures.add(
          "undecided_offsets",
          "Offsets written whose transaction is neither committed nor aborted, so that they cannot"
              + " be read",
          partition.undecided(),
          labels);
      if (partition.undecidedSince() != null) {
        figures.add(
            "undecided_since_seconds",
            "When a run first saw the undecided offsets, in seconds since 1970",
            Instant.parse(partition.undecidedSince()).getEpochSecond(),
            labels);
      }
    }
  }
}
