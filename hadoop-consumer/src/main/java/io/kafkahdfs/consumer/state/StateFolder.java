package io.kafkahdfs.consumer.state;

import io.kafkahdfs.state.LoadLock;
import org.apache.hadoop.fs.Path;

/**
 * Where a load's state stands below its output root. MapReduce, Hive and Spark pass over names that
 * begin with an underscore.
 *
 * @param root the output root
 */
public record StateFolder(Path root) {
  /** The state's name below the root. */
  public static final String NAME = "_kafka_to_hdfs";

  public Path path() {
    return new Path(root, NAME);
  }

  public Path commits() {
    return new Path(path(), "commits");
  }

  /** A commit's file; the number is padded so that names sort as numbers. */
  public Path commit(long number) {
    return new Path(commits(), String.format("%010d.json", number));
  }

  /** Marks that all files of a commit stand in their final places. */
  public Path published(long number) {
    return new Path(commits(), String.format("%010d.published", number));
  }

  public Path lock() {
    return LoadLock.file(path());
  }

  public Path staging() {
    return new Path(path(), "staging");
  }

  /**
   * Where rollbacks put files; each in a folder with the number of its commit, which is filled once
   * and never again.
   */
  public Path trash() {
    return new Path(path(), "trash");
  }

  public RunFolder run(String id) {
    return new RunFolder(this, id);
  }
}
