package io.kafkahdfs.consumer.table;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.consumer.commit.CommitLog;
import io.kafkahdfs.consumer.commit.Elsewhere;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.state.LoadOutput;
import io.kafkahdfs.failure.ExitCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The table that a load has told, for who changes the load by hand: told of the change at once if
 * the jar that does so is there, and else by the next load.
 */
public final class KnownTable implements Closeable, Elsewhere {
  private final LoadOutput output;
  private final Optional<TableNote> note;
  private final Optional<TableStep> step;

  private KnownTable(LoadOutput output, Optional<TableNote> note, Optional<TableStep> step) {
    this.output = output;
    this.note = note;
    this.step = step;
  }

  /**
   * To be opened before the change. Takes the table's properties out of the configuration: a job
   * has no use for them, and they may hold secrets.
   *
   * @throws io.kafkahdfs.failure.LoaderException if the jar is there, and the table cannot be
   *     reached, or is another one than it was
   */
  public static KnownTable open(LoadOutput output, Configuration configuration) throws IOException {
    Optional<TableNote> note = TableNote.read(output.store(), output.state());
    return new KnownTable(
        output,
        note,
        note.isEmpty() ? Optional.empty() : TableTargets.known(note.get(), output, configuration));
  }

  /** Tells it of the change, which is committed; says so where it is not told. */
  public ExitCode tell(Console console) throws IOException {
    if (step.isEmpty()) {
      note.ifPresent(
          known ->
              console.warn(
                  "The table "
                      + known.table()
                      + " does not know of this yet, and may name what stood here before. The next"
                      + " load tells it."));
      return ExitCode.DONE;
    }
    CommitLog log = new CommitLog(output.store(), output.state());
    List<String> problems = log.follow(log.last().orElseThrow(), List.of(step.get()));
    problems.forEach(console::error);
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.TABLE_BEHIND;
  }

  @Override
  public Map<LandedFile, String> lacks(Set<LandedFile> gone, Set<LandedFile> read)
      throws IOException {
    if (step.isPresent()) {
      return step.get().lacks(gone, read);
    }
    String why =
        note.map(
                known ->
                    "the table "
                        + known.table()
                        + " may hold its records, and is asked if -libjars and -D are those of the"
                        + " load")
            .orElse("");
    return gone.stream().collect(Collectors.toMap(file -> file, file -> why));
  }

  @Override
  public void close() {
    step.ifPresent(TableStep::close);
  }
}
