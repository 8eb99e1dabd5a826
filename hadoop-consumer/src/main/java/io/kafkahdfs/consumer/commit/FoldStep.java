package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds older commits away, so that what a run lists does not grow with their number: moves them
 * from {@link StateFolder#commits} to {@link StateFolder#older}, in their order. Only what is
 * settled is folded, so a commit that is folded away needs no marker. Repeatable: each move is one
 * rename, and commits are found on both sides of it.
 *
 * <p>Only for who holds the lock, before its own run begins: the permits of all runs are removed
 * first. {@link CommitLog#commit} tells why.
 */
final class FoldStep {
  private static final Logger LOG = LoggerFactory.getLogger(FoldStep.class);

  private final FileStore store;
  private final StateFolder state;

  FoldStep(FileStore store, StateFolder state) {
    this.store = store;
    this.state = state;
  }

  /**
   * Does nothing until there are twice as many as stay, so that it is seldom done.
   *
   * @param listing what there was before the last commits were published
   */
  void fold(CommitStore.Listing listing) throws IOException {
    List<Long> recent = listing.recent();
    for (long number : listing.leftMarkers()) {
      // Of a process that died here, or woke late.
      store.delete(state.published(number));
    }
    if (recent.size() < 2 * state.recent()) {
      return;
    }
    // All that are folded now are made. A run that makes its folder after this comes across them.
    for (FileEntry entry : store.list(state.staging())) {
      store.delete(state.run(entry.name()).permit());
    }
    Set<Path> folders = new HashSet<>();
    Set<Long> unpublished = Set.copyOf(listing.unpublished());
    int folded = 0;
    for (long number : recent.subList(0, recent.size() - state.recent())) {
      if (unpublished.contains(number)) {
        break;
      }
      if (folders.add(state.older(number).getParent())) {
        store.mkdirs(state.older(number).getParent());
      }
      move(number);
      folded++;
    }
    LOG.info("Folded {} commits away, to {}", folded, state.older());
  }

  private void move(long number) throws IOException {
    try {
      store.rename(state.commit(number), state.older(number));
    } catch (FileNotFoundException e) {
      LOG.debug("Others have folded commit {} away", number, e);
    } catch (FileAlreadyExistsException e) {
      throw new LoaderException(
          ExitCode.FAILURE,
          "There are two commits "
              + number
              + ": "
              + state.commit(number)
              + " and "
              + state.older(number)
              + ". Nothing of this loader writes the first one when there is the second: look what"
              + " else works on this output, and move one of them out of the way.",
          e);
    }
    store.delete(state.published(number));
  }
}
