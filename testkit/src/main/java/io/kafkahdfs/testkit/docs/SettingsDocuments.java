package io.kafkahdfs.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents that are made from the declarations of settings: the table in {@code docs} and the
 * sample in {@code conf}.
 */
public final class SettingsDocuments {
  private static final int WIDTH = 96;

  private SettingsDocuments() {}

  /**
   * Holds a document against the declarations; with {@code -Dsettings.write=true} writes it anew.
   */
  public static void check(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("settings.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("made from the settings' declarations; -Dsettings.write=true writes it anew")
        .exists()
        .hasContent(expected);
  }

  /**
   * Holds a section of a document against the declarations; with {@code -Dsettings.write=true}
   * writes it anew, and leaves the others.
   *
   * @param heading what stands behind the section's {@code ##}; empty for what stands before the
   *     first one
   */
  public static void checkSection(Path file, String heading, String expected) throws IOException {
    String document = Files.exists(file) ? Files.readString(file) : "";
    List<String> sections = new ArrayList<>(List.of(document.split("(?m)^(?=## )")));
    String title = "## " + heading + "\n";
    String whole = heading.isEmpty() ? expected + "\n" : title + expected + "\n";
    int at = 0;
    while (at < sections.size() && !isSection(sections.get(at), heading, title)) {
      at++;
    }
    if (Boolean.getBoolean("settings.write")) {
      if (at < sections.size()) {
        sections.set(at, whole);
      } else {
        sections.add(whole);
      }
      Files.writeString(file, String.join("", sections).stripTrailing() + "\n");
    }
    assertThat(at < sections.size() ? sections.get(at).strip() : "")
        .as(
            "the section \"%s\" of %s, made from the settings' declarations;"
                + " -Dsettings.write=true writes it anew",
            heading, file)
        .isEqualTo(whole.strip());
  }

  private static boolean isSection(String section, String heading, String title) {
    return heading.isEmpty() ? !section.startsWith("## ") : section.startsWith(title);
  }

  /** The settings as Markdown tables, one for each section. */
  public static String table(List<Setting<?>> settings) {
    StringBuilder text = new StringBuilder();
    String section = "";
    for (Setting<?> setting : settings) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        text.append("\n### ").append(section).append("\n\n");
        text.append("| option | key | value | default | what it does |\n");
        text.append("|---|---|---|---|---|\n");
      }
      text.append("| ");
      text.append(
          String.join(", ", setting.options().stream().map(option -> "`" + option + "`").toList()));
      text.append(" | `").append(setting.key()).append("` | ");
      text.append(cell(setting.type().allowed())).append(" | ");
      text.append(setting.defaultText().map(value -> "`" + value + "`").orElse("")).append(" | ");
      text.append(cell(setting.documentation())).append(" |\n");
    }
    return text.toString();
  }

  private static String cell(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;");
  }

  /** A properties file with every setting, each commented out and with its default. */
  public static String sample(List<Setting<?>> settings) {
    StringBuilder text = new StringBuilder();
    String section = "";
    for (Setting<?> setting : settings) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        text.append("\n# ---- ").append(section).append(" ----\n");
      }
      text.append('\n');
      comment(text, setting.documentation());
      comment(text, "Allowed: " + setting.type().allowed() + ".");
      text.append('#').append(setting.key()).append('=');
      text.append(setting.defaultText().orElse("")).append('\n');
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String sentences) {
    StringBuilder line = new StringBuilder("#");
    for (String word : sentences.split(" ")) {
      if (line.length() + word.length() + 1 > WIDTH) {
        text.append(line).append('\n');
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
