package io.kafkahdfs.config;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import java.util.List;

/** One or more settings are missing, unknown, given twice or wrong. All of them are named. */
public final class InvalidSettingException extends LoaderException {
  public InvalidSettingException(List<String> problems) {
    super(ExitCode.WRONG_SETTING, String.join("\n", problems));
  }

  public InvalidSettingException(String problem) {
    this(List.of(problem));
  }
}
