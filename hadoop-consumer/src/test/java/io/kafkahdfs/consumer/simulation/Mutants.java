package io.kafkahdfs.consumer.simulation;

import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.testkit.store.ForwardingFileStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;

/** File stores that break what the protocol stands on, one thing each; or the protocol itself. */
enum Mutants {
  /** A rename that replaces, as {@code FileSystem.rename} does on object stores. */
  RENAME_OVERWRITES(RenameOverwrites::new),
  /** A rename whose answer "false" nobody looks at. */
  RENAME_MAY_DO_NOTHING(RenameMayDoNothing::new),
  /** A create that makes the folders above, as {@code FileSystem.create} does. */
  CREATE_MAKES_FOLDERS(CreateMakesFolders::new),
  /** A recovery that forgets to take the permit away. */
  PERMIT_STAYS(PermitStays::new);

  private final UnaryOperator<FileStore> mutant;

  Mutants(UnaryOperator<FileStore> mutant) {
    this.mutant = mutant;
  }

  FileStore of(FileStore store) {
    return mutant.apply(store);
  }

  private static final class RenameOverwrites extends ForwardingFileStore {
    RenameOverwrites(FileStore store) {
      super(store);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      if (entry(from).filter(entry -> entry.directory()).isPresent()) {
        super.rename(from, to);
      } else {
        replace(from, to);
      }
    }
  }

  private static final class RenameMayDoNothing extends ForwardingFileStore {
    private int renames;

    RenameMayDoNothing(FileStore store) {
      super(store);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      if (++renames % 50 != 0) {
        super.rename(from, to);
      }
    }
  }

  private static final class CreateMakesFolders extends ForwardingFileStore {
    CreateMakesFolders(FileStore store) {
      super(store);
    }

    @Override
    public OutputStream create(Path file) throws IOException {
      mkdirs(file.getParent());
      return super.create(file);
    }
  }

  private static final class PermitStays extends ForwardingFileStore {
    PermitStays(FileStore store) {
      super(store);
    }

    @Override
    public void delete(Path path) throws IOException {
      if (!path.getName().equals("permit")) {
        super.delete(path);
      }
    }
  }
}
