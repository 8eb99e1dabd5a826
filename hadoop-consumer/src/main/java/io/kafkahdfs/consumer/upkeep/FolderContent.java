package io.kafkahdfs.consumer.upkeep;

import io.kafkahdfs.store.FileEntry;
import io.kafkahdfs.store.FileStore;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * How much is in a folder and below it.
 *
 * @param files how many
 * @param bytes of them all
 */
record FolderContent(long files, long bytes) {
  static final FolderContent NOTHING = new FolderContent(0, 0);

  static FolderContent of(FileStore store, Path folder) throws IOException {
    FolderContent content = NOTHING;
    for (FileEntry entry : store.list(folder)) {
      content =
          content.plus(
              entry.directory() ? of(store, entry.path()) : new FolderContent(1, entry.length()));
    }
    return content;
  }

  FolderContent plus(FolderContent more) {
    return new FolderContent(files + more.files, bytes + more.bytes);
  }
}
