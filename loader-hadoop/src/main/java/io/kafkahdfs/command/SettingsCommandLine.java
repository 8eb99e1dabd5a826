package io.kafkahdfs.command;

import io.kafkahdfs.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a subcommand, made from its settings' declarations.
 *
 * @param name the subcommand's name
 * @param description what it does, in a sentence
 * @param synopsis how it is called, line by line
 * @param settings all its settings, in the order of the help
 * @param repeatable those of them whose option may come several times; the texts are joined with
 *     commas
 */
public record SettingsCommandLine(
    String name,
    String description,
    List<String> synopsis,
    List<Setting<?>> settings,
    Set<Setting<?>> repeatable) {
  private static final String CONFIG = "--config";
  private static final String HELP = "--help";
  private static final String VERSION = "--version";

  public SettingsCommandLine {
    synopsis = List.copyOf(synopsis);
    settings = List.copyOf(settings);
    repeatable = Set.copyOf(repeatable);
  }

  /**
   * What a command line says.
   *
   * @param options texts by the settings' keys
   * @param config the file given with --config, or null
   */
  public record Parsed(Map<String, String> options, String config) {}

  Parsed read(CommandLine.ParseResult result) {
    Map<String, String> options = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      if (result.hasMatchedOption(setting.name())) {
        List<String> values = result.matchedOption(setting.name()).stringValues();
        options.put(setting.key(), setting.isFlag() ? "true" : String.join(",", values));
      }
    }
    return new Parsed(options, result.matchedOptionValue(CONFIG, null));
  }

  CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .width(100)
        .sortOptions(false)
        .description(description)
        .customSynopsis(synopsis.toArray(String[]::new))
        .footer(
            "",
            "Every setting can also be given as -D KEY=VALUE or as a line KEY=VALUE of the --config"
                + " file; docs/settings.md lists the keys.",
            "",
            "Exit codes: 0 done or nothing to do, 1 failure, 2 wrong usage or setting, 3 another"
                + " run is going on, 4 data lost to retention, 5 Kafka not reachable, 6 HDFS not"
                + " usable.");
    for (Setting<?> setting : settings) {
      spec.addOption(option(setting));
    }
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(String.class)
            .description("Read settings from this properties file; options and -D win over it.")
            .build());
    spec.addOption(
        OptionSpec.builder(HELP).usageHelp(true).description("Print this, and end.").build());
    spec.addOption(
        OptionSpec.builder(VERSION)
            .versionHelp(true)
            .description("Print the version, and end.")
            .build());
    return spec;
  }

  private OptionSpec option(Setting<?> setting) {
    String defaultText =
        setting.isFlag()
            ? ""
            : setting.defaultText().map(text -> " Default: " + text + ".").orElse("");
    OptionSpec.Builder option =
        OptionSpec.builder(setting.options().toArray(String[]::new))
            // picocli reads % as the beginning of a variable.
            .description((setting.documentation() + defaultText).replace("%", "%%"));
    if (setting.isFlag()) {
      return option.arity("0").type(boolean.class).build();
    }
    if (setting.isOptional()) {
      // picocli adds the brackets.
      String label = setting.label().substring(1, setting.label().length() - 1);
      return option
          .arity("0..1")
          .fallbackValue("true")
          .paramLabel(label)
          .type(String.class)
          .build();
    }
    option.arity("1").paramLabel(setting.label());
    return repeatable.contains(setting)
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }
}
