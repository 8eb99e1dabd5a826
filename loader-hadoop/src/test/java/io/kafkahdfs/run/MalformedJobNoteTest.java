package io.kafkahdfs.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.command.Console;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand where a run notes its MapReduce job. */
class MalformedJobNoteTest {
  private static final String NOTE = "{\"job\" : \"job_1700000000000_0007\"}";

  private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
  private final Console console = new Console(nowhere, nowhere, false);
  private final Configuration configuration = new Configuration();
  @TempDir java.nio.file.Path folder;
  private SubmittedJob job;

  @BeforeEach
  void prepare() throws IOException {
    Path path = new Path(folder.toUri());
    FileStore store = HadoopFileStore.of(path, configuration);
    job = new SubmittedJob(configuration, store, path);
  }

  @Test
  void spoiledNotes() {
    byte[] json = NOTE.getBytes(StandardCharsets.UTF_8);
    Cases.run(
        1_500,
        random -> {
          Files.write(
              folder.resolve("job.json"),
              random.nextBoolean()
                  ? new Spoiler(random).spoil(json)
                  : new JsonSpoiler(random).spoil(json).getBytes(StandardCharsets.UTF_8));
          try {
            job.endEarlier(console);
          } catch (LoaderException e) {
            if (!e.getMessage().contains("job.json") || e.getMessage().contains("\n")) {
              throw new AssertionError("It should be said otherwise", e);
            }
          }
        });
  }

  @Test
  void whatIsNoJobIsNamed() throws IOException {
    for (String wrong : new String[] {"{}", "", "{\"job\":\"application_1_1\"}", "{\"job\":7}"}) {
      Files.writeString(folder.resolve("job.json"), wrong);
      assertThatThrownBy(() -> job.killEarlier(console))
          .isInstanceOf(LoaderException.class)
          .hasMessageContaining("job.json")
          .hasMessageContaining("yarn application -list");
    }
  }
}
