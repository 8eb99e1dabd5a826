package io.kafkahdfs.consumer.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * The accounts of the ranges that a task attempt reads, for the attempt's record writer. MapReduce
 * makes reader and writer apart and lets them share nothing but the attempt's id, so this is where
 * they meet. Several attempts run in one process when a job runs locally.
 */
public final class TaskReads {
  private static final Map<TaskAttemptID, Reads> READS = new ConcurrentHashMap<>();

  /**
   * @param damage who is told of what cannot be read; null if nobody is
   */
  private record Reads(int split, List<RangeAccount> accounts, DamageSink damage) {}

  private TaskReads() {}

  static void begin(TaskAttemptID attempt, int split, List<RangeAccount> accounts) {
    READS.put(attempt, new Reads(split, List.copyOf(accounts), null));
  }

  /**
   * From now on an attempt's damage is told to its writer, which decides about it, by the thread
   * that reads.
   */
  public static void tellDamage(TaskAttemptID attempt, DamageSink sink) {
    READS.put(attempt, new Reads(split(attempt), of(attempt), sink));
  }

  /** Who is told of an attempt's damage; empty if nobody is. */
  static Optional<DamageSink> damage(TaskAttemptID attempt) {
    return Optional.ofNullable(reads(attempt).damage);
  }

  /**
   * The accounts of all ranges of an attempt, in the order in which they are read; complete once
   * its reader is closed.
   *
   * @throws IllegalStateException if no {@link KafkaRecordReader} reads for this attempt
   */
  public static List<RangeAccount> of(TaskAttemptID attempt) {
    return reads(attempt).accounts;
  }

  /**
   * Which split an attempt reads, see {@link SplitPlace#index}.
   *
   * @throws IllegalStateException if no {@link KafkaRecordReader} reads for this attempt
   */
  public static int split(TaskAttemptID attempt) {
    return reads(attempt).split;
  }

  private static Reads reads(TaskAttemptID attempt) {
    Reads reads = READS.get(attempt);
    if (reads == null) {
      throw new IllegalStateException(
          attempt + " does not read through KafkaInputFormat: its offsets cannot be accounted for");
    }
    return reads;
  }

  /** Forgets an attempt that has ended. */
  public static void end(TaskAttemptID attempt) {
    READS.remove(attempt);
  }
}
