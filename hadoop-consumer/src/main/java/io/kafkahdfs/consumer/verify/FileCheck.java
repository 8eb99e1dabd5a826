package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.FileFault;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.store.FileChecksum;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads a file back and holds it against what its commit says. */
final class FileCheck {
  private final FileStore store;
  private final Configuration configuration;

  FileCheck(FileStore store, Configuration configuration) {
    this.store = store;
    this.configuration = configuration;
  }

  /**
   * @param origin whether the file's records tell where they came from, if the format can
   * @return what is wrong with the file, in words; empty if nothing is
   */
  Optional<String> check(Path file, LandedFile landed, FileFormat format, boolean origin)
      throws IOException {
    String checksum = FileChecksum.crc32c(store, file);
    if (!checksum.equals(landed.crc32c())) {
      return Optional.of("its checksum is " + checksum + ", not " + landed.crc32c());
    }
    try (RecordDecoder records =
        format
            .reader(ReadOptions.ofLoaded(), configuration)
            .open(file, 0, store.entry(file).orElseThrow().length())) {
      return check(records, landed, format, origin && format.format().keepsOrigin());
    } catch (BadRecordException e) {
      return Optional.of("a record of it " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      if (!FileFault.isOfTheFile(e, file, configuration)) {
        throw e;
      }
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      return Optional.of("it cannot be read to its end: " + why);
    }
  }

  private static Optional<String> check(
      RecordDecoder records, LandedFile landed, FileFormat format, boolean origin)
      throws IOException {
    PartCheck parts = origin ? new PartCheck(landed.parts()) : null;
    KafkaRecord record = new KafkaRecord();
    long count = 0;
    while (records.next(record)) {
      Optional<String> wrong = parts == null ? Optional.empty() : parts.take(record);
      if (wrong.isPresent()) {
        return Optional.of("its record number " + count + " is " + record + ", " + wrong.get());
      }
      count++;
    }
    if (parts != null) {
      return parts.end();
    }
    boolean enough =
        format.format().keepsCount() ? count == landed.records() : count >= landed.records();
    return enough
        ? Optional.empty()
        : Optional.of("it has " + count + " records, not " + landed.records());
  }
}
