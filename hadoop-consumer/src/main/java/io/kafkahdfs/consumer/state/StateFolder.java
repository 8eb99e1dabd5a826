package io.kafkahdfs.consumer.state;

import org.apache.hadoop.fs.Path;

/**
 * Where a load's state stands below its output root. MapReduce, Hive and Spark pass over names that
 * begin with an underscore.
 */
public final class StateFolder {
  /** The state's name below the root. */
  public static final String NAME = "_kafka_to_hdfs";

  private static final long FIRST_OF_TEN_DIGITS = 1_000_000_000L;

  // Made once: to make a path costs more than most of what is done with it.
  private final Path root;
  private final Path path;
  private final Path commits;
  private final Path staging;
  private final Path trash;

  /**
   * @param root the output root
   */
  public StateFolder(Path root) {
    this.root = root;
    this.path = new Path(root, NAME);
    this.commits = new Path(path, "commits");
    this.staging = new Path(path, "staging");
    this.trash = new Path(path, "trash");
  }

  /** The output root. */
  public Path root() {
    return root;
  }

  public Path path() {
    return path;
  }

  public Path commits() {
    return commits;
  }

  /** A commit's file; the number is padded so that names sort as numbers. */
  public Path commit(long number) {
    return new Path(commits, padded(number) + ".json");
  }

  /** Marks that all files of a commit stand in their final places. */
  public Path published(long number) {
    return new Path(commits, padded(number) + ".published");
  }

  /** A commit's number as it stands in names. */
  public static String padded(long number) {
    String digits = Long.toString(number);
    return number < FIRST_OF_TEN_DIGITS ? "0".repeat(10 - digits.length()) + digits : digits;
  }

  public Path staging() {
    return staging;
  }

  /**
   * Where rollbacks put files; each in a folder with the number of its commit, which is filled once
   * and never again.
   */
  public Path trash() {
    return trash;
  }

  public RunFolder run(String id) {
    return new RunFolder(this, id);
  }
}
