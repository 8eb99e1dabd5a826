package io.kafkahdfs.producer.plan;

import io.kafkahdfs.run.MapCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Divides files among tasks: evenly by bytes, small files together. The same files give the same
 * splits.
 */
public final class SplitPlanner {
  /** Opening a file takes as long as reading so much. */
  private static final long BYTES_TO_OPEN = 1 << 20;

  private SplitPlanner() {}

  /**
   * @param files by path
   * @param maps how many splits to aim for
   * @param mayCut whether a file may be sent by several tasks
   */
  public static List<PlannedSplit> plan(
      List<InputFile> files, MapCount maps, Predicate<InputFile> mayCut) {
    List<InputFile> sent = files.stream().filter(file -> file.length() > 0).toList();
    long bytes = sent.stream().mapToLong(SplitPlanner::cost).sum();
    if (bytes == 0) {
      return List.of();
    }
    long wanted = maps.of(bytes);
    long target = ceilDiv(sent.stream().mapToLong(InputFile::length).sum(), wanted);
    List<FilePart> parts = new ArrayList<>();
    for (InputFile file : sent) {
      if (mayCut.test(file)) {
        cut(file, target, parts);
      } else {
        parts.add(FilePart.whole(file));
      }
    }
    return pack(parts, (int) Math.min(wanted, parts.size()));
  }

  private static void cut(InputFile file, long target, List<FilePart> parts) {
    long count = Math.max(1, ceilDiv(file.length(), target));
    long start = 0;
    for (long i = 0; i < count; i++) {
      long end = file.length() / count * (i + 1) + (i == count - 1 ? file.length() % count : 0);
      parts.add(new FilePart(file, start, end - start));
      start = end;
    }
  }

  /** Each part, from the largest to the smallest, to the split that has least yet. */
  private static List<PlannedSplit> pack(List<FilePart> parts, int splits) {
    record Bin(int index, List<FilePart> parts, long[] cost) {}
    PriorityQueue<Bin> bins =
        new PriorityQueue<>(
            Comparator.comparingLong((Bin bin) -> bin.cost[0]).thenComparingInt(Bin::index));
    for (int i = 0; i < splits; i++) {
      bins.add(new Bin(i, new ArrayList<>(), new long[1]));
    }
    Comparator<FilePart> byPlace =
        Comparator.comparing((FilePart part) -> part.file().path())
            .thenComparingLong(FilePart::start);
    List<FilePart> largestFirst = new ArrayList<>(parts);
    largestFirst.sort(Comparator.comparingLong(FilePart::length).reversed().thenComparing(byPlace));
    for (FilePart part : largestFirst) {
      Bin bin = bins.remove();
      bin.parts.add(part);
      bin.cost[0] += part.length() + BYTES_TO_OPEN;
      bins.add(bin);
    }
    List<PlannedSplit> planned = new ArrayList<>();
    bins.stream()
        .sorted(Comparator.comparingInt(Bin::index))
        .forEach(
            bin -> {
              bin.parts.sort(byPlace);
              planned.add(new PlannedSplit(bin.index, bin.parts));
            });
    return planned;
  }

  private static long ceilDiv(long amount, long size) {
    return -Math.floorDiv(-amount, size);
  }

  private static long cost(InputFile file) {
    return file.length() + BYTES_TO_OPEN;
  }
}
