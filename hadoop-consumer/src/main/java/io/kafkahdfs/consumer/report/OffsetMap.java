package io.kafkahdfs.consumer.report;

import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.report.ReportData.Mark;
import io.kafkahdfs.consumer.report.ReportData.What;
import io.kafkahdfs.offset.OffsetTally;
import java.util.ArrayList;
import java.util.List;

/** What became of a partition's offsets, in segments; neighbours are joined when they are many. */
final class OffsetMap {
  private final int limit;
  private List<Segment> segments = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /**
   * @param limit how many segments at most, if they follow on each other; 2 or more
   */
  OffsetMap(int limit) {
    this.limit = limit;
  }

  /** Offsets that a commit in effect has dealt with. */
  void landed(long commit, Commit.Partition done) {
    long from = done.from();
    OffsetTally tally = done.tally();
    for (Commit.Gap gap : done.removed()) {
      // Known exactly; other lost offsets are somewhere in the rest.
      if (gap.from() == from) {
        long size = gap.until() - gap.from();
        add(new Segment(from, gap.until(), OffsetTally.ofLost(size), 0, 0, commit, commit));
        from = gap.until();
        tally = tally.withoutLost(size);
      }
    }
    if (from < done.until()) {
      add(new Segment(from, done.until(), tally, Quarantined.offsets(done), 0, commit, commit));
    }
  }

  /** Offsets that a commit has landed that is not in effect any more. */
  void rolledBack(long commit, Commit.Partition done) {
    mark(new Mark(What.ROLLED_BACK, done.from(), done.until(), commit, commit));
  }

  /** The next offset was set. */
  void set(long commit, long from, long to) {
    if (to > from) {
      add(new Segment(from, to, OffsetTally.NONE, 0, to - from, commit, commit));
    } else if (to < from) {
      mark(new Mark(What.AGAIN, to, from, commit, commit));
    }
  }

  /** In the order in which they were added. */
  List<Segment> segments() {
    shrink(limit);
    return List.copyOf(segments);
  }

  List<Mark> marks() {
    return List.copyOf(marks);
  }

  private void add(Segment segment) {
    segments.add(segment);
    shrink(2 * limit);
  }

  private void mark(Mark mark) {
    Mark last = marks.isEmpty() ? null : marks.get(marks.size() - 1);
    if (last != null && last.what() == mark.what() && last.until() == mark.from()) {
      marks.set(
          marks.size() - 1,
          new Mark(last.what(), last.from(), mark.until(), last.first(), mark.last()));
    } else {
      marks.add(mark);
    }
  }

  /** Once in a while is often enough while segments are added. */
  private void shrink(int most) {
    if (segments.size() <= most) {
      return;
    }
    segments = joined(false);
    if (segments.size() > limit) {
      segments = joined(true);
    }
  }

  /**
   * Joins neighbours as long as they are together no larger than others: then each two that are
   * left are larger together than two of {@code limit} equal parts.
   *
   * @param telling whether also those whose losses are then somewhere in a longer segment
   */
  private List<Segment> joined(boolean telling) {
    long size = segments.stream().mapToLong(Segment::size).sum();
    long most = 2 * size / limit;
    List<Segment> joined = new ArrayList<>();
    Segment open = null;
    for (Segment next : segments) {
      if (open == null) {
        open = next;
      } else if (open.until() == next.from()
          && open.size() + next.size() <= most
          && (telling || open.missing() + next.missing() == 0)) {
        open = open.and(next);
      } else {
        joined.add(open);
        open = next;
      }
    }
    joined.add(open);
    return joined;
  }
}
