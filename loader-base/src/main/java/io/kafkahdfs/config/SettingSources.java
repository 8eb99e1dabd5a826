package io.kafkahdfs.config;

import io.kafkahdfs.failure.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The places where settings can be given, strongest first: the command line's options, its {@code
 * -D} properties, a properties file, and what Hadoop's own configuration files say.
 *
 * @param options by key
 * @param properties given with {@code -D} on this command line, by key
 * @param file lines of the properties file, by key
 * @param fileName how messages call that file
 * @param configuration what Hadoop's configuration files say, by key
 */
public record SettingSources(
    Map<String, String> options,
    Map<String, String> properties,
    Map<String, String> file,
    String fileName,
    Map<String, String> configuration) {
  private static final int MOST_PROBLEMS = 20;

  /** So many letters may be wrong in a name that is meant. */
  private static final int FAR = 3;

  /**
   * Merges the sources to one text for each key.
   *
   * @param declared the settings that exist
   * @param prefix how the keys of these settings begin; an unknown one with it is an error
   * @param passedThrough how keys begin that may stand beside them
   * @throws InvalidSettingException if a setting is given both as an option and with -D, or a key
   *     is not known
   */
  public Map<String, String> merge(
      Collection<Setting<?>> declared, String prefix, String passedThrough)
      throws InvalidSettingException {
    Map<String, Setting<?>> byKey =
        declared.stream().collect(Collectors.toMap(Setting::key, setting -> setting));
    List<String> problems = new ArrayList<>();
    for (Setting<?> setting : declared) {
      if (options.containsKey(setting.key()) && properties.containsKey(setting.key())) {
        problems.add(
            setting.name()
                + " is given twice: as "
                + setting.name()
                + " "
                + options.get(setting.key())
                + " and as -D"
                + setting.key()
                + "="
                + properties.get(setting.key())
                + ". Set one of them.");
      }
    }
    for (String key : file.keySet()) {
      if (!byKey.containsKey(key) && !key.startsWith(passedThrough)) {
        addUnknown(key, fileName, byKey.keySet(), problems);
      }
    }
    for (String key : properties.keySet()) {
      if (!byKey.containsKey(key) && key.startsWith(prefix)) {
        addUnknown(key, "-D", byKey.keySet(), problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingException(problems);
    }
    Map<String, String> merged = new LinkedHashMap<>();
    for (Map<String, String> source : List.of(configuration, file, properties, options)) {
      source.forEach(
          (key, value) -> {
            if (byKey.containsKey(key) || key.startsWith(passedThrough)) {
              merged.put(key, value);
            }
          });
    }
    return merged;
  }

  /** Of a file that is none of settings, some lines tell enough. */
  private static void addUnknown(
      String key, String where, Collection<String> known, List<String> problems) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(
          "There is no setting "
              + (key.matches("[\\w.-]{1,100}") ? key : Quoted.text(key))
              + " ("
              + where
              + ")."
              + nearest(key, known).map(near -> " Is " + near + " meant?").orElse("")
              + " docs/settings.md lists all.");
    } else if (problems.size() == MOST_PROBLEMS) {
      problems.add("There are more like these.");
    }
  }

  private static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream()
        .filter(candidate -> Math.abs(key.length() - candidate.length()) <= FAR)
        .filter(candidate -> distance(key, candidate) <= FAR)
        .min(java.util.Comparator.comparingInt(candidate -> distance(key, candidate)));
  }

  /** How many letters to insert, remove or change to get from one text to the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
