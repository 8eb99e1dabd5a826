package io.kafkahdfs.format.registry;

import static java.util.stream.Collectors.joining;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.SettingFile;
import io.kafkahdfs.failure.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The file that says how to reach a schema registry, with the keys of Confluent's serializers. What
 * comes of it needs no file any more, so that tasks on other hosts can use it, and is secret as a
 * whole.
 */
final class RegistryProperties {
  /** Ends the key under which a store's content stands, in base64, once its file was read. */
  static final String CONTENT = ".content";

  private static final String PREFIX = "schema.registry.";
  private static final int MOST_NAMED = 20;
  private static final int MOST_STORE_BYTES = 4 << 20;
  private static final List<String> STORES = List.of("ssl.keystore", "ssl.truststore");

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "basic.auth.credentials.source",
              "basic.auth.user.info",
              "bearer.auth.credentials.source",
              "bearer.auth.token",
              "http.connect.timeout.ms",
              "http.read.timeout.ms",
              "max.retries",
              "retries.max.wait.ms",
              "retries.wait.ms",
              "ssl.key.password",
              "ssl.keystore.location",
              "ssl.keystore.password",
              "ssl.keystore.type",
              "ssl.truststore.location",
              "ssl.truststore.password",
              "ssl.truststore.type"));

  private RegistryProperties() {}

  /**
   * @param option how the file was given, for messages
   * @throws InvalidSettingException if the file, or one that it names, cannot be read, or a key is
   *     not known
   */
  static Map<String, String> read(String file, String option) throws InvalidSettingException {
    Map<String, String> given = SettingFile.properties(file, option);
    requireKnown(given.keySet(), file + " (" + option + ")");
    Map<String, String> read = new TreeMap<>();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      String key = key(entry.getKey());
      if (read.put(key, entry.getValue().strip()) != null) {
        throw new InvalidSettingException(
            key + " is given twice, with and without " + PREFIX + ", in " + file + ".");
      }
    }
    for (String store : STORES) {
      String location = read.get(store + ".location");
      if (location != null) {
        read.put(store + CONTENT, content(store + ".location", location, option));
      }
    }
    return read;
  }

  private static String key(String given) {
    return given.startsWith(PREFIX) ? given.substring(PREFIX.length()) : given;
  }

  private static void requireKnown(Set<String> given, String file) throws InvalidSettingException {
    List<String> unknown = given.stream().filter(key -> !KEYS.contains(key(key))).toList();
    if (!unknown.isEmpty()) {
      throw new InvalidSettingException(
          "There is no "
              + unknown.stream().limit(MOST_NAMED).map(Quoted::text).collect(joining(" and no "))
              + " for a schema registry, in "
              + file
              + (unknown.size() > MOST_NAMED ? ". There are more like these" : "")
              + ". There are "
              + String.join(", ", KEYS)
              + ", also with "
              + PREFIX
              + " before them.");
    }
  }

  private static String content(String key, String location, String option)
      throws InvalidSettingException {
    String which = key + " in the file of " + option;
    try (InputStream in = Files.newInputStream(Path.of(location))) {
      byte[] bytes = in.readNBytes(MOST_STORE_BYTES + 1);
      if (bytes.length > MOST_STORE_BYTES) {
        throw SettingFile.unreadable(
            location, which, "it has more than " + (MOST_STORE_BYTES >> 20) + " MiB");
      }
      return Base64.getEncoder().encodeToString(bytes);
    } catch (InvalidSettingException e) {
      throw e;
    } catch (IOException | InvalidPathException e) {
      throw SettingFile.unreadable(location, which, e.toString());
    }
  }
}
