package io.kafkahdfs.format.registry;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a schema registry is reached.
 *
 * @param urls servers of one registry, without a slash at the end
 * @param authorization the header of this name; secret
 * @param tls whom to trust and who to be; empty for Java's own ways
 * @param connectTimeout for one connection
 * @param readTimeout for one answer
 * @param retries how many times all servers are asked again
 */
record RegistryConfig(
    List<URI> urls,
    Optional<String> authorization,
    Optional<SSLContext> tls,
    Duration connectTimeout,
    Duration readTimeout,
    int retries,
    Backoff backoff) {
  private static final int LONGEST_MILLIS = 3_600_000;
  private static final int LAST_PORT = 65_535;

  RegistryConfig {
    urls = List.copyOf(urls);
  }

  /**
   * @param properties as {@link RegistryProperties} gives them
   * @throws InvalidSettingException if a value cannot be used
   */
  static RegistryConfig of(List<String> urls, Map<String, String> properties)
      throws InvalidSettingException {
    List<URI> parsed = new ArrayList<>();
    for (String url : urls) {
      parsed.add(url(url));
    }
    Duration most = millis(properties, "retries.max.wait.ms", 0, 20_000);
    return new RegistryConfig(
        parsed,
        authorization(properties),
        RegistryTls.of(properties),
        millis(properties, "http.connect.timeout.ms", 1, 10_000),
        millis(properties, "http.read.timeout.ms", 1, 30_000),
        number(properties, "max.retries", 0, 1000, 3),
        new Backoff(millis(properties, "retries.wait.ms", 0, 1000), most));
  }

  private static URI url(String text) throws InvalidSettingException {
    if (text.contains("@")) {
      // Not shown: it may hold a password.
      throw new InvalidSettingException(
          "--schema-registry has a user or a password in a URL, where everybody sees it. Set"
              + " basic.auth.user.info=USER:PASSWORD in a file, and name that with"
              + " --schema-registry-config.");
    }
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      boolean http = "http".equalsIgnoreCase(url.getScheme());
      if (!http && !"https".equalsIgnoreCase(url.getScheme())) {
        throw wrong(text, "it begins with neither http:// nor https://");
      }
      if (url.getHost() == null || url.getPort() == 0 || url.getPort() > LAST_PORT) {
        throw wrong(text, "it names no host and port (the name of a host has no underscore)");
      }
      if (url.getRawQuery() != null || url.getRawFragment() != null) {
        throw wrong(text, "it has a ? or a #");
      }
      return url;
    } catch (URISyntaxException e) {
      throw wrong(text, e.getReason());
    }
  }

  private static InvalidSettingException wrong(String url, String why) {
    return new InvalidSettingException(
        "Wrong URL "
            + Quoted.text(url)
            + " for --schema-registry: "
            + why
            + ". Set http://HOST:PORT or https://HOST:PORT, with the registry's path if it has"
            + " one, several separated by commas.");
  }

  private static Optional<String> authorization(Map<String, String> properties)
      throws InvalidSettingException {
    only(properties, "basic.auth.credentials.source", "USER_INFO");
    only(properties, "bearer.auth.credentials.source", "STATIC_TOKEN");
    String user = properties.get("basic.auth.user.info");
    String token = properties.get("bearer.auth.token");
    if (user != null && token != null) {
      throw new InvalidSettingException(
          "Both basic.auth.user.info and bearer.auth.token stand in "
              + RegistryFailures.CONFIG
              + ". Set one of them.");
    }
    if (user != null) {
      if (user.indexOf(':') < 1) {
        throw new InvalidSettingException(
            "basic.auth.user.info in "
                + RegistryFailures.CONFIG
                + " is not of the form USER:PASSWORD.");
      }
      byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    if (token != null && !token.matches("[\\x21-\\x7e]+")) {
      throw new InvalidSettingException(
          "bearer.auth.token in "
              + RegistryFailures.CONFIG
              + " is empty, or has characters that no token has.");
    }
    return Optional.ofNullable(token).map(text -> "Bearer " + text);
  }

  private static void only(Map<String, String> properties, String key, String supported)
      throws InvalidSettingException {
    String value = properties.getOrDefault(key, supported);
    if (!value.equals(supported)) {
      throw wrong(key, value, supported + " alone is supported");
    }
  }

  private static Duration millis(Map<String, String> properties, String key, int least, int normal)
      throws InvalidSettingException {
    return Duration.ofMillis(number(properties, key, least, LONGEST_MILLIS, normal));
  }

  private static int number(
      Map<String, String> properties, String key, int least, int most, int normal)
      throws InvalidSettingException {
    String text = properties.get(key);
    if (text == null) {
      return normal;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw wrong(key, text, "it must be a whole number from " + least + " to " + most);
  }

  private static InvalidSettingException wrong(String key, String value, String why) {
    return new InvalidSettingException(
        "Wrong value "
            + Quoted.text(value)
            + " for "
            + key
            + " in "
            + RegistryFailures.CONFIG
            + ": "
            + why
            + ".");
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "schema registry " + urls;
  }
}
