package io.kafkahdfs.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmittedJobTest {
  private static final String JOB = "job_1700000000000_0007";

  @Test
  void waitsUntilAJobHasEnded() throws Exception {
    Iterator<Boolean> answers = List.of(false, true).iterator();
    SubmittedJob.awaitEnd(JOB, answers::next, Duration.ofDays(1));
  }

  @Test
  void givesUpAJobThatDoesNotEndAndSaysHowToEndIt() {
    assertThatThrownBy(() -> SubmittedJob.awaitEnd(JOB, () -> false, Duration.ZERO))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining(JOB)
        .hasMessageContaining("yarn application -kill application_1700000000000_0007")
        .extracting(failure -> ((LoaderException) failure).exitCode())
        .isEqualTo(ExitCode.BUSY);
  }
}
