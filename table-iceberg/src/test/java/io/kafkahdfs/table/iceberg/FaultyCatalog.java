package io.kafkahdfs.table.iceberg;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog that fails at one of its commits, or lets somebody else be first. */
public final class FaultyCatalog extends HadoopCatalog {
  private static final AtomicInteger COMMITS = new AtomicInteger();
  private static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.NONE);

  /**
   * What happens at a commit.
   *
   * @param at the number of the commit, from 1 on; 0 for none
   * @param made whether it is made before it fails, so that only the answer is lost
   * @param before what happens before it, which need not fail; null for a catalog that is down
   */
  record Fault(int at, boolean made, Runnable before) {
    static final Fault NONE = new Fault(0, false, null);
  }

  static void arm(Fault fault) {
    COMMITS.set(0);
    FAULT.set(fault);
  }

  /** Whether the commit was reached. */
  static boolean hasHappened() {
    return COMMITS.get() >= FAULT.get().at();
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return new FaultyOperations(super.newTableOps(identifier));
  }

  private record FaultyOperations(TableOperations inner) implements TableOperations {
    @Override
    public TableMetadata current() {
      return inner.current();
    }

    @Override
    public TableMetadata refresh() {
      return inner.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      Fault fault = FAULT.get();
      boolean now = COMMITS.incrementAndGet() == fault.at;
      if (now && fault.before != null) {
        fault.before.run();
      } else if (now && !fault.made) {
        throw new IllegalStateException("the catalog is down");
      }
      inner.commit(base, metadata);
      if (now && fault.made) {
        throw new CommitStateUnknownException(new IllegalStateException("the answer is lost"));
      }
    }

    @Override
    public FileIO io() {
      return inner.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return inner.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return inner.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
      return inner.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
      return inner.newSnapshotId();
    }
  }
}
