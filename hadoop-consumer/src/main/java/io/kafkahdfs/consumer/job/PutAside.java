package io.kafkahdfs.consumer.job;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.format.spi.Quarantine;

/**
 * Bad records that a run put aside.
 *
 * @param path the folder of the quarantine
 * @param records how many are in the files that the run landed there
 * @param files how many files these are
 */
record PutAside(String path, long records, long files) {
  /** Null if the run put nothing aside. */
  static PutAside of(Commit commit, String output) {
    long records = commit.partitions().stream().mapToLong(Commit.Partition::held).sum();
    long files = commit.files().stream().filter(LandedFile::holdsBad).count();
    return files == 0 ? null : new PutAside(output + "/" + Quarantine.FOLDER, records, files);
  }

  /** For the console, to follow how many were bad. */
  String text() {
    return "put aside as %s %s in %s %s of %s (cat --quarantine shows why)"
        .formatted(
            Amounts.count(records),
            records == 1 ? "record" : "records",
            Amounts.count(files),
            files == 1 ? "file" : "files",
            path);
  }
}
