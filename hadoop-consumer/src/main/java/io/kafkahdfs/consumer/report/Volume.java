package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;

/**
 * How much was landed, without what was put aside.
 *
 * @param records in the files
 * @param readBytes of the keys and values that were read
 * @param fileBytes of the files
 */
record Volume(long records, long readBytes, long files, long fileBytes) {
  static final Volume NONE = new Volume(0, 0, 0, 0);

  static Volume of(Commit commit) {
    Volume volume = NONE;
    for (Commit.Partition done : commit.partitions()) {
      volume = volume.plus(of(done));
    }
    for (LandedFile file : commit.files()) {
      if (!file.holdsBad()) {
        volume = volume.plus(of(file));
      }
    }
    return volume;
  }

  /** What a commit read of a partition, without its files. */
  static Volume of(Commit.Partition done) {
    return new Volume(done.records(), done.bytes(), 0, 0);
  }

  /** The file alone: its records are counted with its partition. */
  static Volume of(LandedFile file) {
    return new Volume(0, 0, 1, file.bytes());
  }

  Volume plus(Volume other) {
    return new Volume(
        records + other.records,
        readBytes + other.readBytes,
        files + other.files,
        fileBytes + other.fileBytes);
  }
}
