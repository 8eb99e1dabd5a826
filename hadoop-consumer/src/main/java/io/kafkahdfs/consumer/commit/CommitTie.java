package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties a commit to those before it, right before it is made: with the digest of the one before, and
 * with sums that spare later runs from reading them all. Leaves out next offsets that an earlier
 * commit has already, so that partitions without news are not written again.
 */
final class CommitTie {
  private static final Logger LOG = LoggerFactory.getLogger(CommitTie.class);

  /** Fewer partitions are all written: people look into commits. */
  private static final int FEW_PARTITIONS = 32;

  private final CommitStore commits;
  private final int recent;

  /**
   * @param recent how far back the commit may be that has all next offsets: as long as commits are
   *     not folded away
   */
  CommitTie(CommitStore commits, int recent) {
    this.commits = commits;
    this.recent = recent;
  }

  /**
   * @param commit with all next offsets
   * @return what is to be written
   */
  Commit tie(Commit commit) throws IOException {
    if (commit.number() == 1) {
      return commit.with(commit.next(), new Ties(null, Holding.NOTHING.after(commit), null));
    }
    StoredCommit previous = commits.stored(commit.number() - 1);
    Ties ties = new Ties(previous.digest(), holding(commit, previous.commit()), null);
    return briefly(commit.with(commit.next(), ties), previous.commit());
  }

  private Holding holding(Commit commit, Commit previous) throws IOException {
    long base = commit.base();
    if (base == 0) {
      return Holding.NOTHING.after(commit);
    }
    Commit before = base == previous.number() ? previous : commits.read(base);
    if (before.holding().isPresent()) {
      return before.holding().get().after(commit);
    }
    try {
      // The first commit of this form, on those of an earlier one.
      return commits.standing().holdingAt(base).after(commit);
    } catch (LoaderException e) {
      // One of the earlier ones is damaged. verify and status say so; a load goes on.
      LOG.warn("Cannot tell what the output holds: {}", e.getMessage());
      return null;
    }
  }

  /**
   * @param previous as it is stored
   */
  private Commit briefly(Commit commit, Commit previous) throws IOException {
    if (commit.change() != null || commit.next().size() < FEW_PARTITIONS) {
      return commit;
    }
    long from = previous.nextFrom().orElse(previous.number());
    if (commit.number() - from >= recent) {
      return commit;
    }
    Commit all = from == previous.number() ? previous : commits.read(from);
    Map<PartitionId, Commit.Next> known = new HashMap<>();
    all.next().forEach(entry -> known.put(entry.id(), entry));
    List<Commit.Next> news = new ArrayList<>();
    for (Commit.Next entry : commit.next()) {
      if (!entry.equals(known.remove(entry.id()))) {
        news.add(entry);
      }
    }
    return known.isEmpty() && news.size() <= commit.next().size() / 2
        ? commit.with(news, new Ties(commit.ties().previous(), commit.ties().holding(), from))
        : commit;
  }
}
