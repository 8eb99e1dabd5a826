package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.report.ReportData.Topic;
import io.kafkahdfs.offset.OffsetTally;

/** Sums up what commits in effect made of a topic. */
final class TopicSum {
  private int partitions;
  private Volume volume = Volume.NONE;
  private long smallFiles;
  private OffsetTally tally = OffsetTally.NONE;
  private long quarantined;
  private long skipped;
  private Long lag;

  void landed(Commit.Partition done) {
    volume = volume.plus(Volume.of(done));
    tally = tally.plus(done.tally());
    quarantined += Quarantined.offsets(done);
  }

  void landed(LandedFile file) {
    volume = volume.plus(Volume.of(file));
    smallFiles += file.bytes() < FileSizes.SMALL ? 1 : 0;
  }

  /** So many offsets were stepped over by hand. */
  void skipped(long offsets) {
    skipped += offsets;
  }

  /**
   * @param left offsets of a partition that were not loaded yet; null if that is not known
   */
  void partition(Long left) {
    partitions++;
    if (left != null) {
      lag = left + (lag == null ? 0 : lag);
    }
  }

  Volume volume() {
    return volume;
  }

  OffsetTally tally() {
    return tally;
  }

  long quarantined() {
    return quarantined;
  }

  long skipped() {
    return skipped;
  }

  Topic topic(String name) {
    return new Topic(name, partitions, volume, smallFiles, tally, quarantined, skipped, lag);
  }
}
