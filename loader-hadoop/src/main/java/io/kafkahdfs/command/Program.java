package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.secrets.ClientSecrets;
import io.kafkahdfs.stop.StopSignal;
import io.kafkahdfs.store.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The program of a jar: takes Hadoop's own options, finds the subcommand, reads the settings, and
 * names failures.
 *
 * @param name on the command line
 * @param subcommands the first is run when none is named
 * @param given where their settings come from
 * @param afterFailure what to tell when the file system or the cluster has failed
 */
public record Program(
    String name, List<Subcommand> subcommands, GivenSettings given, String afterFailure) {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  public Program {
    subcommands = List.copyOf(subcommands);
  }

  /** Runs in this process, and returns the exit code. */
  public int run(String[] arguments, Configuration configuration, Console console)
      throws Exception {
    try {
      return ToolRunner.run(
          configuration, new ProgramTool(console), HadoopOptions.first(arguments));
    } catch (IOException e) {
      // The tool names its own failures: this one is of Hadoop's options.
      console.error(e.getMessage() + ". It is named by one of Hadoop's own options.");
      return ExitCode.WRONG_SETTING.code();
    }
  }

  private final class ProgramTool extends Configured implements Tool {
    private final Console console;

    ProgramTool(Console console) {
      this.console = console;
    }

    @Override
    public int run(String[] arguments) throws InterruptedException {
      try (StopSignal stop = StopSignal.listen()) {
        return execute(arguments, getConf(), console, stop).code();
      } catch (LoaderException e) {
        return failed(e);
      } catch (UncheckedIOException e) {
        // It came through what cannot throw it.
        if (e.getCause() instanceof LoaderException failure) {
          return failed(failure);
        }
        throw e;
      } catch (IOException e) {
        LOG.debug("The run failed", e);
        console.error(
            "The file system or the cluster failed: "
                + StorageFailure.describe(e)
                + " "
                + afterFailure);
        return ExitCode.HDFS_UNUSABLE.code();
      }
    }

    private int failed(LoaderException e) {
      LOG.debug("The run failed", e);
      console.error(e.getMessage());
      return e.exitCode().code();
    }
  }

  private ExitCode execute(
      String[] arguments, Configuration configuration, Console console, StopSignal stop)
      throws IOException, InterruptedException {
    CommandLine commandLine = new CommandLine(spec());
    CommandLine.ParseResult result = parse(commandLine, arguments);
    Subcommand subcommand = subcommands.get(0);
    if (result.hasSubcommand()) {
      checkNothingBefore(result);
      result = result.subcommand();
      subcommand = named(result.commandSpec().name());
    }
    if (result.isUsageHelpRequested()) {
      console.print(result.commandSpec().commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
      return ExitCode.DONE;
    }
    if (result.isVersionHelpRequested()) {
      console.print(name + " " + Version.current() + "\n");
      return ExitCode.DONE;
    }
    SettingsCommandLine.Parsed parsed = subcommand.commandLine().read(result);
    BetterDefaults.setForFiles(configuration);
    given.texts(parsed, configuration).forEach(configuration::set);
    Settings settings = Settings.read(given.declared(), configuration::get);
    Credentials credentials = new Credentials();
    ClientSecrets.move(configuration, credentials);
    return subcommand.run(new Invocation(configuration, credentials, settings, console, stop));
  }

  /** All subcommands and their options. */
  public CommandSpec spec() {
    CommandSpec spec = subcommands.get(0).commandLine().spec().name(name);
    for (Subcommand subcommand : all()) {
      spec.addSubcommand(
          subcommand.commandLine().name(), new CommandLine(subcommand.commandLine().spec()));
    }
    spec.usageMessage()
        .commandListHeading(
            "%nCommands; without one, it is " + subcommands.get(0).commandLine().name() + ":%n");
    return spec;
  }

  private List<Subcommand> all() {
    return Stream.concat(subcommands.stream(), Stream.of(new CompletionSubcommand(this))).toList();
  }

  private CommandLine.ParseResult parse(CommandLine commandLine, String[] arguments)
      throws InvalidSettingException {
    try {
      return commandLine.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new InvalidSettingException(
          e.getMessage()
              + ". --help lists all commands and options; Hadoop's own (-D, -conf, -libjars)"
              + " have one dash.");
    }
  }

  private static void checkNothingBefore(CommandLine.ParseResult result)
      throws InvalidSettingException {
    if (!result.matchedOptions().isEmpty()) {
      throw new InvalidSettingException(
          result.matchedOptions().stream()
                  .map(CommandLine.Model.OptionSpec::longestName)
                  .collect(Collectors.joining(", "))
              + " stands before the command "
              + result.subcommand().commandSpec().name()
              + ". Put the command first.");
    }
  }

  private Subcommand named(String subcommand) {
    return all().stream()
        .filter(candidate -> candidate.commandLine().name().equals(subcommand))
        .findFirst()
        .orElseThrow();
  }
}
