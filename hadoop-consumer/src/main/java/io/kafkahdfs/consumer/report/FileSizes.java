package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.report.ReportData.SizeClass;
import io.kafkahdfs.consumer.report.ReportData.Sizes;
import java.util.ArrayList;
import java.util.List;

/** Counts files by size. */
final class FileSizes {
  private static final long MIB = 1 << 20;

  /** A quarter of a block, as HDFS makes them by default. */
  static final long SMALL = 32 * MIB;

  /** So many small files are worth a word, if most are. */
  private static final long MANY = 1_000;

  private static final long[] BOUNDS = {
    0, MIB / 16, MIB, 8 * MIB, SMALL, 128 * MIB, 512 * MIB, 2048 * MIB
  };

  private final long[] files = new long[BOUNDS.length];
  private final long[] bytes = new long[BOUNDS.length];

  void add(long size) {
    int i = BOUNDS.length - 1;
    while (size < BOUNDS[i]) {
      i--;
    }
    files[i]++;
    bytes[i] += size;
  }

  Sizes sizes() {
    List<SizeClass> classes = new ArrayList<>();
    long all = 0;
    long small = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      Long until = i + 1 < BOUNDS.length ? BOUNDS[i + 1] : null;
      classes.add(new SizeClass(BOUNDS[i], until, files[i], bytes[i]));
      all += files[i];
      small += BOUNDS[i] < SMALL ? files[i] : 0;
    }
    return new Sizes(SMALL, small, small >= MANY && 2 * small > all, List.copyOf(classes));
  }
}
