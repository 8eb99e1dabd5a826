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

  /** How many commits stand beside each other at least, before older ones are folded away. */
  private static final int RECENT = 25;

  /** How many commits a folder of older ones takes. */
  private static final long FOLD = 1000;

  // Made once: to make a path costs more than most of what is done with it.
  private final Path root;
  private final Path path;
  private final Path commits;
  private final Path older;
  private final int recent;
  private final Path staging;
  private final Path trash;

  /**
   * @param root the output root
   */
  public StateFolder(Path root) {
    this(root, RECENT);
  }

  /**
   * @param root the output root
   * @param recent how many commits are not folded away
   */
  public StateFolder(Path root, int recent) {
    this.recent = recent;
    this.root = root;
    this.path = new Path(root, NAME);
    this.commits = new Path(path, "commits");
    this.older = new Path(commits, "older");
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

  /** Where a commit is made, and stays as long as it is one of the last ones. */
  public Path commits() {
    return commits;
  }

  /** Where commits are folded away, a thousand in a folder: no run lists what is in here. */
  public Path older() {
    return older;
  }

  /** Where a commit stands when it is folded away. */
  public Path older(long number) {
    return new Path(new Path(older, padded(number / FOLD * FOLD)), padded(number) + ".json");
  }

  /** How many commits stay in {@link #commits} when the others are folded away. */
  public int recent() {
    return recent;
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
