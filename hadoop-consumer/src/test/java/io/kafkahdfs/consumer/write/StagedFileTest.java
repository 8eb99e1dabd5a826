package io.kafkahdfs.consumer.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class StagedFileTest {
  /** The check value of CRC-32C. */
  private static final byte[] CONTENT = "123456789".getBytes(StandardCharsets.US_ASCII);

  private static final String CRC32C = "e3069283";

  private final FileStore store = new InMemoryFileStore();
  private final StagedFile file =
      new StagedFile(store, new Path("/staged"), new Configuration(false));

  @Test
  void aFileThatIsWrittenThroughItsStreamHasItsChecksum() throws IOException {
    try (OutputStream out = file.stream()) {
      out.write(CONTENT);
    }
    assertThat(file.crc32c()).isEqualTo(CRC32C);
  }

  /** As formats do whose library creates files by itself. */
  @Test
  void aFileThatIsWrittenToItsPathIsReadForIt() throws IOException {
    try (OutputStream out = store.create(file.path())) {
      out.write(CONTENT);
    }
    assertThat(file.crc32c()).isEqualTo(CRC32C);
  }
}
