package io.kafkahdfs.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;

/**
 * Bytes are not the JSON that the loader writes. The message says what is wrong and where in it, on
 * one line that continues after the file's name.
 */
public final class MalformedJsonException extends IOException {
  MalformedJsonException(String message) {
    super(onOneLine(message));
  }

  MalformedJsonException(JacksonException e) {
    super(onOneLine(where(e) + reason(e)), e);
  }

  /** What is quoted from the bytes may be anything. */
  private static String onOneLine(String message) {
    return message == null ? "" : message.replaceAll("\\p{Cntrl}", "?");
  }

  private static String where(JacksonException e) {
    StringBuilder path = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        if (step.getFieldName() == null) {
          path.append('[').append(step.getIndex()).append(']');
        } else {
          path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        }
      }
    }
    if (!path.isEmpty()) {
      return "at " + path + ": ";
    }
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : "in line " + e.getLocation().getLineNr() + ": ";
  }

  /**
   * Of a value that cannot be, its own words; else Jackson's, without its excerpt of the source.
   */
  private static String reason(JacksonException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage());
    }
    if (e instanceof InvalidNullException) {
      return "a value is missing";
    }
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }
}
