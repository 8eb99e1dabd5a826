package io.kafkahdfs.command;

import io.kafkahdfs.failure.ExitCode;
import java.util.List;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints what a shell needs to complete a program's commands and options. */
record CompletionSubcommand(Program program) implements Subcommand {
  @Override
  public SettingsCommandLine commandLine() {
    return new SettingsCommandLine(
        "completion",
        "Prints a script that lets bash and zsh complete commands and options: source it, or put"
            + " it where the shell looks for such.",
        List.of("source <(" + program.name() + " completion)"),
        List.of(),
        Set.of());
  }

  @Override
  public ExitCode run(Invocation invocation) {
    invocation.console().print(AutoComplete.bash(program.name(), new CommandLine(program.spec())));
    return ExitCode.DONE;
  }
}
