package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.LoadLock;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.hadoop.RunningCommand;
import io.kafkahdfs.testkit.kafka.Codec;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The driver, which with the local job runner is all of the run, dies in the middle of it; the next
 * run must land what an undisturbed one lands, byte for byte.
 */
class KilledDriverIT extends PackagedLoadFixture {
  private static final int MAPS = 4;

  /** So small that there are many files, and putting them into their places takes a while. */
  private static final String[] LOAD = {
    "--format", "text", "--roll-bytes", "2000", "--maps", String.valueOf(MAPS)
  };

  /** How often a driver may be faster than its killer. */
  private static final int TRIES = 10;

  private static String sharedTopic;
  private static Map<String, String> undisturbed;

  @Override
  @BeforeEach
  void prepare() throws IOException {
    if (sharedTopic == null) {
      sharedTopic = Servers.newTopic("killed");
      kafka().tools().createTopic(sharedTopic, 2);
      for (int partition = 0; partition < 2; partition++) {
        List<TestRecord> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          records.add(TestRecord.of("k" + i, partition + "-" + i + "-" + "x".repeat(i % 200)));
        }
        kafka().tools().send(new PartitionId(sharedTopic, partition), Codec.NONE, records);
      }
    }
    topic = sharedTopic;
    begin();
  }

  private void begin() throws IOException {
    root = new Path(newFolder(), "out");
    landed = new Landed(configuration(), root);
  }

  private Map<String, String> undisturbed() throws Exception {
    if (undisturbed == null) {
      InProcess.Result result = load(LOAD);
      assertThat(result.exitCode()).as(result.err()).isZero();
      undisturbed = landed.contents(topic);
      assertThat(undisturbed).hasSizeGreaterThan(50);
      begin();
    }
    return undisturbed;
  }

  /** What can be seen of a run, in the order in which it comes about. */
  private enum Moment {
    IT_HAS_BEGUN {
      @Override
      boolean isSeen(Output output) throws IOException {
        return !output.store.list(output.state.path()).isEmpty();
      }
    },
    IT_HAS_THE_LOCK {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.store.entry(LoadLock.file(output.state.path())).isPresent();
      }
    },
    ITS_FOLDER_IS_MADE {
      @Override
      boolean isSeen(Output output) throws IOException {
        return !output.runs().isEmpty();
      }
    },
    ITS_PLAN_IS_SAVED {
      @Override
      boolean isSeen(Output output) throws IOException {
        for (RunFolder run : output.runs()) {
          if (output.store.entry(run.plan()).isPresent()) {
            return true;
          }
        }
        return false;
      }
    },
    THE_FIRST_FILE_IS_BEGUN {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.attempts() >= 1;
      }
    },
    THE_FIRST_TASK_HAS_PROMISED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.manifests() >= 1;
      }
    },
    THE_LAST_TASK_HAS_BEGUN {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.attempts() >= MAPS;
      }
    },
    ALL_TASKS_HAVE_PROMISED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.manifests() >= MAPS;
      }
    },
    IT_HAS_COMMITTED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.store.entry(output.state.commit(1)).isPresent();
      }
    },
    THE_FIRST_FILE_IS_PUBLISHED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return !output.store.list(output.topicFolder).isEmpty();
      }
    },
    HALF_OF_THE_FILES_ARE_PUBLISHED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.store.list(output.topicFolder).size() > undisturbed.size() / 2;
      }
    },
    ALL_IS_PUBLISHED {
      @Override
      boolean isSeen(Output output) throws IOException {
        return output.store.entry(output.state.published(1)).isPresent();
      }
    };

    abstract boolean isSeen(Output output) throws IOException;
  }

  /** What a run does, seen from outside. */
  private record Output(FileStore store, StateFolder state, Path topicFolder) {
    List<RunFolder> runs() throws IOException {
      return store.list(state.staging()).stream().map(entry -> state.run(entry.name())).toList();
    }

    int attempts() throws IOException {
      int count = 0;
      for (RunFolder run : runs()) {
        count += store.list(run.attempts()).size();
      }
      return count;
    }

    int manifests() throws IOException {
      int count = 0;
      for (RunFolder run : runs()) {
        count += store.list(run.manifests()).size();
      }
      return count;
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theNextRunLandsWhatAnUndisturbedOneWouldHave(Moment moment) throws Exception {
    Map<String, String> expected = undisturbed();
    killAt(moment);

    InProcess.Result next = load(LOAD);

    assertThat(next.exitCode()).as(next.err()).isZero();
    assertThat(landed.contents(topic)).isEqualTo(expected);
    assertThat(landed.commit().number()).isEqualTo(1);
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 1000L, partition(1), 1000L));
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
    assertThat(landed.store().entry(LoadLock.file(landed.state().path()))).isEmpty();
    InProcess.Result last = load(LOAD);
    assertThat(last.out()).contains("Nothing to do");
    assertThat(landed.contents(topic)).isEqualTo(expected);
  }

  /** With a new output for each try. */
  private void killAt(Moment moment) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      List<String> arguments = new ArrayList<>(List.of(LOAD));
      arguments.add("-Dmapreduce.framework.name=local");
      Output output = new Output(landed.store(), landed.state(), new Path(root, topic));
      RunningCommand driver = startPackaged(arguments.toArray(String[]::new));
      boolean seen = awaitWhile(driver, () -> moment.isSeen(output));
      CommandResult end = driver.kill();
      assertThat(seen || end.exitCode() == 0).as(end.stderr()).isTrue();
      if (end.exitCode() == 137) {
        return;
      }
      begin();
    }
    throw new AssertionError("The driver was always faster than its killer at " + moment);
  }
}
