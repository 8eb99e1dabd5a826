package io.kafkahdfs.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What shows that a target is not the one that an export began with. */
class TargetNoteTest {
  private static final TargetNote BEFORE =
      note("cluster", topic("a", "id-a", 5, 0), topic("b", "id-b", 7));

  /** As brokers before 2.8 tell it. */
  private static final TargetNote WITHOUT_IDS = note(null, topic("a", null, 5, 0));

  private static TargetNote note(String clusterId, TargetNote.Topic... topics) {
    return new TargetNote(clusterId, List.of(topics));
  }

  private static TargetNote.Topic topic(String name, String id, long... ends) {
    return new TargetNote.Topic(name, id, LongStream.of(ends).boxed().toList());
  }

  private static List<String> changes(TargetNote before, TargetNote now) {
    return before.changes(now, Map.of());
  }

  @Test
  void whatHasOnlyGrownIsTheSame() {
    TargetNote grown =
        note("cluster", topic("a", "id-a", 9, 0, 3), topic("b", "id-b", 7), topic("c", "id-c", 1));
    assertThat(changes(BEFORE, grown)).isEmpty();
  }

  @Test
  void anotherClusterIsSeenThoughItsTopicsHaveTheSameNames() {
    assertThat(changes(BEFORE, note("other", topic("a", null, 9, 9), topic("b", null, 9))))
        .containsExactly("the cluster is other now, and was cluster");
  }

  @Test
  void aTopicThatIsGoneIsSeen() {
    assertThat(changes(BEFORE, note("cluster", topic("b", "id-b", 7))))
        .containsExactly("topic a was deleted");
  }

  /** By its ends alone it would be the same. */
  @Test
  void aTopicThatWasMadeAnewIsSeenThoughItHoldsMoreThanBefore() {
    assertThat(changes(BEFORE, note("cluster", topic("a", "new", 9, 9), topic("b", "id-b", 7))))
        .containsExactly("topic a was deleted and made anew");
  }

  @Test
  void withoutIdsTheEndsTell() {
    assertThat(changes(WITHOUT_IDS, note(null, topic("a", null, 5, 0)))).isEmpty();
    assertThat(changes(WITHOUT_IDS, note(null, topic("a", null, 4, 0))))
        .singleElement()
        .asString()
        .startsWith("partition a-0 ends at offset 4, and ended at 5 before");
    assertThat(changes(WITHOUT_IDS, note(null, topic("a", null, 5))))
        .singleElement()
        .asString()
        .startsWith("partition a-1 ends at offset 0, and ended at 0 before");
  }

  @Test
  void whatWasSentSinceMustBeThereToo() {
    Map<PartitionId, Long> sent = Map.of(new PartitionId("a", 1), 3L);
    assertThat(WITHOUT_IDS.changes(note(null, topic("a", null, 5, 3)), sent)).isEmpty();
    assertThat(WITHOUT_IDS.changes(note(null, topic("a", null, 5, 2)), sent))
        .singleElement()
        .asString()
        .startsWith("partition a-1 ends at offset 2, and ended at 3 before");
  }

  @Test
  void anIdThatOnlyOneOfBothTellsShowsNothing() {
    TargetNote upgraded = note("cluster", topic("a", "id-a", 5, 0));
    assertThat(changes(WITHOUT_IDS, upgraded)).isEmpty();
    assertThat(changes(upgraded, WITHOUT_IDS)).isEmpty();
  }
}
