package io.kafkahdfs.format.registry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kafkahdfs.failure.Quoted;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a server answered, which need not be a schema registry.
 *
 * @param base the server, as the settings name it
 * @param path what it was asked
 * @param location where it sends the client instead
 */
record RegistryAnswer(
    URI base, String path, int status, String contentType, String location, byte[] body) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final int SHOWN_BYTES = 60;

  /**
   * What a registry says is wrong.
   *
   * @param code its own code, which tells more than the status
   */
  record Fault(int code, String message) {
    boolean isAny(int... codes) {
      return Arrays.stream(codes).anyMatch(each -> each == code);
    }
  }

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** The body as JSON; empty if it is none. */
  Optional<JsonNode> json() {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is wrong, if it is said as a registry says it. */
  Optional<Fault> fault() {
    return json()
        .filter(node -> node.path("error_code").canConvertToInt())
        .map(node -> new Fault(node.get("error_code").intValue(), node.path("message").asText()));
  }

  /** For messages: status, kind and the first characters. */
  String shown() {
    String start =
        new String(body, 0, Math.min(SHOWN_BYTES, body.length), StandardCharsets.UTF_8).strip();
    return "it answered with status "
        + status
        + (contentType.isEmpty() ? "" : " and " + Quoted.line(contentType))
        + (start.isEmpty() ? " and nothing else" : ", which begins with " + Quoted.text(start));
  }
}
