package io.kafkahdfs.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The time-out only ends a test that would wait for ever. */
@Timeout(60)
class FetchAheadReaderTest {
  private static final OffsetRange FIRST = new OffsetRange(new PartitionId("events", 0), 0, 10);
  private static final OffsetRange EMPTY = new OffsetRange(new PartitionId("events", 1), 7, 7);
  private static final OffsetRange LAST = new OffsetRange(new PartitionId("events", 2), 20, 30);

  /** A batch of no records. */
  private record Batch(long nextOffset) implements RecordBatch {
    @Override
    public boolean next(KafkaRecord into) {
      return false;
    }
  }

  private static RangeReader reader(FetchAheadReader.Fetcher fetcher, int fetchAhead) {
    return FetchAheadReader.start(List.of(FIRST, EMPTY, LAST), fetcher, fetchAhead);
  }

  @Test
  void aRangeEndsBeforeAnythingOfTheNextIsThere() throws IOException {
    CountDownLatch firstIsRead = new CountDownLatch(1);
    try (RangeReader reader =
        reader(
            sink -> {
              sink.accept(new Batch(4));
              sink.accept(new Batch(10));
              firstIsRead.await();
              sink.accept(new Batch(30));
            },
            4)) {
      assertThat(reader.next().nextOffset()).isEqualTo(4);
      assertThat(reader.next().nextOffset()).isEqualTo(10);
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRange()).isTrue();
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRange()).isTrue();
      firstIsRead.countDown();
      assertThat(reader.next().nextOffset()).isEqualTo(30);
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRange()).isFalse();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void theNextRangeIsFetchedWhileTheFirstIsRead() throws Exception {
    CountDownLatch lastIsFetched = new CountDownLatch(1);
    try (RangeReader reader =
        reader(
            sink -> {
              sink.accept(new Batch(10));
              sink.accept(new Batch(30));
              lastIsFetched.countDown();
            },
            2)) {
      lastIsFetched.await();
      assertThat(reader.next().nextOffset()).isEqualTo(10);
    }
  }

  @Test
  void aFailureComesBehindWhatWasFetchedBeforeIt() throws IOException {
    OffsetsRemovedException removed = new OffsetsRemovedException(LAST);
    try (RangeReader reader =
        reader(
            sink -> {
              sink.accept(new Batch(10));
              throw removed;
            },
            2)) {
      assertThat(reader.next().nextOffset()).isEqualTo(10);
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRange()).isTrue();
      assertThat(reader.next()).isNull();
      assertThat(reader.nextRange()).isTrue();
      assertThatThrownBy(reader::next).isSameAs(removed);
      assertThatThrownBy(reader::next).isSameAs(removed);
    }
  }

  @Test
  void fetchingThatEndsEarlyIsNoEnd() throws IOException {
    try (RangeReader reader = reader(sink -> sink.accept(new Batch(4)), 2)) {
      assertThat(reader.next().nextOffset()).isEqualTo(4);
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("offset 4 of events-0 [0, 10)");
    }
  }

  @Test
  void noRangeIsLeftBeforeItsEnd() throws IOException {
    try (RangeReader reader = reader(sink -> sink.accept(new Batch(4)), 2)) {
      assertThatThrownBy(reader::nextRange).isInstanceOf(IllegalStateException.class);
      assertThat(reader.next().nextOffset()).isEqualTo(4);
      assertThatThrownBy(reader::nextRange)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("events-0 [0, 10) is read up to 4 only");
    }
  }
}
