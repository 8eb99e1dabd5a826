package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.Generation;
import io.kafkahdfs.client.KafkaCluster;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.kafka.ForwardingCluster;
import io.kafkahdfs.testkit.kafka.InMemoryCluster;
import io.kafkahdfs.testkit.store.InMemoryFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What is to follow a commit. How commits are made and published, {@link CommitProtocolTest}. */
class CommitLogTest {
  private static final String GROUP = "lag-tools";
  private static final PartitionId EVENTS = ProtocolRun.PARTITION;

  private final FileStore store = new InMemoryFileStore();
  private final StateFolder state = new StateFolder(new Path("memory:///out"));
  private final CommitLog log = new CommitLog(store, state);
  private final InMemoryCluster cluster = new InMemoryCluster(Generation.MODERN);
  private boolean down;

  private KafkaCluster connect() {
    return new ForwardingCluster(cluster) {
      @Override
      public void publishOffsets(String group, Map<PartitionId, Long> next) throws IOException {
        if (down) {
          throw new IOException("no broker answers.");
        }
        super.publishOffsets(group, next);
      }
    };
  }

  private GroupOffsetsStep step(PartitionId... there) {
    return new GroupOffsetsStep(this::connect, GROUP, Set.of(there));
  }

  private Commit run(String id, long until) throws IOException {
    return new ProtocolRun(store, state.root(), id).run(until).orElseThrow();
  }

  @Test
  void whatCouldNotFollowACommitFollowsInTheNextRun() throws IOException {
    Commit commit = run("first", 10);
    down = true;

    assertThat(log.follow(commit, List.of(step(EVENTS))))
        .containsExactly(
            "Commit 1 stands, but its offsets could not be published as those of the group"
                + " lag-tools, which the next run tries again: no broker answers.");
    assertThat(step(EVENTS).isDone(commit)).isFalse();
    down = false;

    assertThat(log.follow(log.last().orElseThrow(), List.of(step(EVENTS)))).isEmpty();
    assertThat(cluster.publishedOffsets(GROUP)).containsOnly(Map.entry(EVENTS, 10L));
    assertThat(step(EVENTS).isDone(commit)).isTrue();
  }

  @Test
  void whatIsDoneForACommitIsNotDoneForTheNext() throws IOException {
    log.follow(run("first", 10), List.of(step(EVENTS)));
    Commit second = run("second", 15);

    assertThat(step(EVENTS).isDone(second)).isFalse();
    log.follow(second, List.of(step(EVENTS)));
    assertThat(cluster.publishedOffsets(GROUP)).containsOnly(Map.entry(EVENTS, 15L));
  }

  @Test
  void aGroupThatSomebodyMovedIsPutRight() throws IOException {
    Commit commit = run("first", 10);
    log.follow(commit, List.of(step(EVENTS)));
    cluster.publishOffsets(GROUP, Map.of(EVENTS, 3L));

    assertThat(step(EVENTS).isDone(commit)).isFalse();
    log.follow(commit, List.of(step(EVENTS)));
    assertThat(cluster.publishedOffsets(GROUP)).containsOnly(Map.entry(EVENTS, 10L));
  }

  @Test
  void ofPartitionsThatDoNotExistNothingIsPublished() throws IOException {
    Commit commit = run("first", 10);
    GroupOffsetsStep step = step(new PartitionId("other", 0));

    assertThat(step.isDone(commit)).isTrue();
    step.carryOut(commit);
    assertThat(cluster.publishedOffsets(GROUP)).isEmpty();
  }

  /** Notes what is asked of it. */
  private record Noting(String name, boolean isDone, boolean fails, List<String> notes)
      implements AfterCommitStep {
    @Override
    public boolean isDone(Commit commit) {
      return isDone;
    }

    @Override
    public void carryOut(Commit commit) throws IOException {
      notes.add(name + " " + commit.number());
      if (fails) {
        throw new IOException("it fails");
      }
    }

    @Override
    public String undone() {
      return name + " is not done";
    }
  }

  @Test
  void stepsAreCarriedOutInOrderAndNoneKeepsAnotherBack() throws IOException {
    List<String> notes = new ArrayList<>();
    Commit commit = run("first", 10);

    assertThat(
            log.follow(
                commit,
                List.of(
                    new Noting("a", false, true, notes),
                    new Noting("b", true, true, notes),
                    new Noting("c", false, false, notes))))
        .containsExactly(
            "Commit 1 stands, but a is not done, which the next run tries again: it fails");
    assertThat(notes).containsExactly("a 1", "c 1");
  }

  @Test
  void aStepThatBreaksInAnyWayLeavesTheCommitAsItIs() throws IOException {
    Commit commit = run("first", 10);
    AfterCommitStep broken =
        new AfterCommitStep() {
          @Override
          public boolean isDone(Commit asked) {
            throw new IllegalStateException("a library's");
          }

          @Override
          public void carryOut(Commit told) {}

          @Override
          public String undone() {
            return "it is not done";
          }
        };
    assertThat(log.follow(commit, List.of(broken, step(EVENTS))))
        .singleElement()
        .asString()
        .contains("Commit 1 stands, but it is not done", "IllegalStateException: a library's");
    assertThat(step(EVENTS).isDone(commit)).isTrue();
  }
}
