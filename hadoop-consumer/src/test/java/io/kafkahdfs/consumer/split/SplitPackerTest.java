package io.kafkahdfs.consumer.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.plan.PartitionPlan;
import io.kafkahdfs.consumer.plan.PlannedSplit;
import io.kafkahdfs.consumer.read.SplitPlace;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.run.MapCount;
import io.kafkahdfs.run.SplitSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPackerTest {
  private static OffsetPlan plan(double bytesPerRecord, long... records) {
    List<PartitionPlan> partitions = new ArrayList<>();
    for (int i = 0; i < records.length; i++) {
      partitions.add(
          new PartitionPlan(
              new PartitionId("t", i),
              100,
              100,
              100 + records[i],
              100 + records[i],
              bytesPerRecord,
              "h" + i,
              true));
    }
    return new OffsetPlan(partitions, List.of());
  }

  /** Without a cost for ranges, so that records alone count. */
  private static List<PlannedSplit> pack(OffsetPlan plan, Optional<Integer> maps) {
    return pack(plan, maps, 0);
  }

  private static List<PlannedSplit> pack(OffsetPlan plan, Optional<Integer> maps, long rangeCost) {
    return SplitPacker.pack(plan, new MapCount(maps, new Configuration(false)), rangeCost);
  }

  private static List<Long> sizes(List<PlannedSplit> splits) {
    return splits.stream()
        .map(split -> split.ranges().stream().mapToLong(OffsetRange::size).sum())
        .toList();
  }

  @Test
  void oneHugePartitionIsCut() {
    List<PlannedSplit> splits = pack(plan(10, 1000), Optional.of(4));
    assertThat(sizes(splits)).containsExactly(250L, 250L, 250L, 250L);
    assertThat(splits.get(1).ranges())
        .containsExactly(new OffsetRange(new PartitionId("t", 0), 350, 600));
  }

  @Test
  void smallPartitionsShareASplit() {
    List<PlannedSplit> splits = pack(plan(10, 100, 100, 100, 100, 100, 100), Optional.of(2));
    assertThat(sizes(splits)).containsExactly(300L, 300L);
  }

  @Test
  void aCutThatWouldLeaveASliverIsNotMade() {
    List<PlannedSplit> splits = pack(plan(10, 103, 97), Optional.of(2));
    assertThat(splits).extracting(split -> split.ranges().size()).containsExactly(1, 1);
  }

  @Test
  void emptyRangesMakeNoSplit() {
    assertThat(pack(plan(10, 0, 0), Optional.of(4))).isEmpty();
    assertThat(pack(plan(10, 0, 0), Optional.empty())).isEmpty();
    assertThat(sizes(pack(plan(10, 0, 7, 0), Optional.of(1)))).containsExactly(7L);
  }

  @Test
  void withoutAWishThereIsOneSplitForEachSoManyBytes() {
    double bytes = SplitSize.BYTES / 100.0;
    assertThat(pack(plan(bytes, 100), Optional.empty())).hasSize(1);
    assertThat(pack(plan(bytes, 290), Optional.empty())).hasSize(3);
    assertThat(pack(plan(bytes, 1_000_000), Optional.empty())).hasSize(20);
  }

  @Test
  void moreMapsThanRecordsMakeASplitForEachRecordAtMost() {
    assertThat(pack(plan(10, 3), Optional.of(100))).hasSizeLessThanOrEqualTo(3);
  }

  /** A target of two and a half records: what is left of it must not become a range of its own. */
  @Test
  void aSplitReadsEachPartitionInOneRange() {
    List<PlannedSplit> splits = pack(plan(1000, 50), Optional.of(20));
    assertThat(splits).allSatisfy(split -> assertThat(split.ranges()).hasSize(1));
    assertThat(sizes(splits).stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
  }

  @Test
  void theHostWithMostToReadComesFirst() {
    PlannedSplit split = pack(plan(10, 5, 50, 20), Optional.of(1)).get(0);
    assertThat(split.hosts()).containsExactly("h1", "h2", "h0");
  }

  @Test
  void everyOffsetIsInExactlyOneSplitWhateverTheSizes() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      long[] records =
          LongStream.range(0, 1 + random.nextInt(9)).map(i -> random.nextInt(500)).toArray();
      OffsetPlan plan = plan(1 + random.nextDouble() * 100, records);
      int maps = 1 + random.nextInt(12);
      List<PlannedSplit> splits = pack(plan, Optional.of(maps));

      assertThat(splits).hasSizeLessThanOrEqualTo(maps);
      assertThat(splits)
          .allSatisfy(
              split ->
                  assertThat(split.ranges())
                      .isNotEmpty()
                      .extracting(OffsetRange::partition)
                      .doesNotHaveDuplicates());
      for (PartitionPlan partition : plan.partitions()) {
        long position = partition.from();
        for (PlannedSplit split : splits) {
          for (OffsetRange range : split.ranges()) {
            if (range.partition().equals(partition.partition())) {
              assertThat(range.from()).isEqualTo(position);
              position = range.until();
            }
          }
        }
        assertThat(position).isEqualTo(partition.until());
      }
    }
  }

  @Test
  void splitsAreOfAboutEqualBytes() {
    Random random = new Random(8);
    for (int round = 0; round < 200; round++) {
      long[] records = LongStream.range(0, 5).map(i -> 1000 + random.nextInt(50_000)).toArray();
      OffsetPlan plan = plan(10, records);
      List<PlannedSplit> splits = pack(plan, Optional.of(4));
      double target = plan.offsets() * 10 / 4.0;
      assertThat(splits)
          .allSatisfy(
              split -> assertThat((double) split.estimatedBytes()).isLessThan(target * 1.5));
    }
  }

  /** A few partitions have most of the records, and thousands have hardly any. */
  @ParameterizedTest
  @ValueSource(longs = {0, SplitPacker.RANGE, SplitPacker.RANGE_WITH_FILE})
  void noSplitIsMuchLongerThanTheMeanWhereverTheRecordsAre(long rangeCost) {
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      int partitions = 1 + random.nextInt(3000);
      double steepness = 0.5 + random.nextDouble();
      long[] records =
          LongStream.rangeClosed(1, partitions)
              .map(rank -> (long) (20_000_000 / Math.pow(rank, steepness)))
              .toArray();
      for (int i = records.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        long moved = records[i];
        records[i] = records[other];
        records[other] = moved;
      }
      int maps = 1 + random.nextInt(50);

      List<PlannedSplit> splits = pack(plan(1000, records), Optional.of(maps), rangeCost);

      double[] costs =
          splits.stream()
              .mapToDouble(
                  split -> split.estimatedBytes() + (double) rangeCost * split.ranges().size())
              .toArray();
      assertThat(splits).hasSize(maps);
      assertThat(DoubleStream.of(costs).max().orElseThrow())
          .isLessThan(1.1 * DoubleStream.of(costs).average().orElseThrow());
    }
  }

  @Test
  void thousandsOfTinyPartitionsAreNotOneTask() {
    long[] records = LongStream.generate(() -> 20).limit(2000).toArray();

    assertThat(pack(plan(1000, records), Optional.empty(), SplitPacker.RANGE_WITH_FILE))
        .hasSize(8)
        .allSatisfy(split -> assertThat(split.ranges()).hasSizeBetween(240, 260));
    assertThat(pack(plan(1000, records), Optional.empty(), SplitPacker.RANGE)).hasSize(3);
  }

  @Test
  void whoRequestsTasksForFewRecordsHasThem() {
    assertThat(sizes(pack(plan(10, 100), Optional.of(2), SplitPacker.RANGE_WITH_FILE)))
        .containsExactly(50L, 50L);
    assertThat(sizes(pack(plan(1000, 1000, 500), Optional.of(3), SplitPacker.RANGE_WITH_FILE)))
        .containsExactly(500L, 500L, 500L);
  }

  @Test
  void aSplitThatContinuesAnotherSaysSo() {
    OffsetPlan plan = plan(10, 1000, 10, 10);
    assertThat(KafkaSplit.all(pack(plan, Optional.of(3))))
        .extracting(KafkaSplit::place)
        .containsExactly(
            new SplitPlace(0, false), new SplitPlace(1, true), new SplitPlace(2, true));
    assertThat(KafkaSplit.all(pack(plan(10, 5, 5), Optional.of(2))))
        .extracting(KafkaSplit::place)
        .containsExactly(new SplitPlace(0, false), new SplitPlace(1, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSplitSurvivesTheWayToItsTask(int index) throws IOException {
    KafkaSplit split = KafkaSplit.all(pack(plan(10, 50, 5), Optional.of(2))).get(index);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    split.write(new DataOutputStream(bytes));
    KafkaSplit read = new KafkaSplit();
    read.readFields(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(read.place()).isEqualTo(split.place()).isEqualTo(new SplitPlace(index, index == 1));
    assertThat(read.ranges()).isEqualTo(split.ranges());
    assertThat(read.getLocations()).isEqualTo(split.getLocations());
    assertThat(read.getLength()).isEqualTo(split.getLength());
  }
}
