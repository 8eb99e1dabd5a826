package io.kafkahdfs.consumer.commit;

import java.io.IOException;

/**
 * Tells somebody else of a commit, once its files stand in their places. The commits remain the
 * only truth: a step may fail, or its process may die in it, and the next run carries it out then.
 * So it must be repeatable, and detect whether it was carried out, from what it tells and not from
 * notes of its own.
 */
public interface AfterCommitStep {
  /** Whether a commit, and with it all before it, is told already. */
  boolean isDone(Commit commit) throws IOException;

  /** Tells of a commit, and of those before it that were not told. May be repeated. */
  void carryOut(Commit commit) throws IOException;

  /** What is not done if it fails, to follow "Commit 5 stands, but ". */
  String undone();
}
