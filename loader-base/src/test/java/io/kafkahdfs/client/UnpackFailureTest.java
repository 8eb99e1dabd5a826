package io.kafkahdfs.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnpackFailureTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);

  private static Optional<LoaderException> of(Throwable failure) {
    return UnpackFailure.notOfTheRecords(failure, PARTITION, 42);
  }

  /** As today's client wraps what a native library says when it cannot be loaded. */
  @Test
  void aLibraryThatCannotBeLoadedIsNoFaultOfTheRecords() {
    LoaderException failure =
        of(new RuntimeException(
                "Received exception when fetching the next record",
                new RuntimeException(new UnsatisfiedLinkError("libsnappyjava.so: not permitted"))))
            .orElseThrow();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(failure)
        .isNotInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("offset 42 of events-3")
        .hasMessageContaining("libsnappyjava.so: not permitted")
        .hasMessageContaining("java.io.tmpdir");
  }

  /** As the client of Kafka 0.9 does, which makes the codecs' streams by reflection. */
  @Test
  void aLibraryThatIsMissingIsNoFaultOfTheRecords() {
    assertThat(of(new RuntimeException(new ClassNotFoundException("SnappyInputStream"))))
        .isPresent();
    assertThat(
            of(
                new RuntimeException(
                    new InvocationTargetException(new NoClassDefFoundError("Snappy")))))
        .isPresent();
  }

  @Test
  void bytesThatMakeNoSenseMayBeTheRecordsFault() {
    assertThat(of(new RuntimeException(new IOException("FAILED_TO_UNCOMPRESS(5)")))).isEmpty();
    assertThat(of(new IllegalArgumentException("newLimit < 0"))).isEmpty();
  }
}
