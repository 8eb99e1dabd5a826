package io.kafkahdfs.consumer.table;

import io.kafkahdfs.consumer.commit.Elsewhere;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.failure.LoaderException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A table that learns of each commit. Only drivers have it. */
public interface TableTarget extends Closeable {
  /**
   * Looks whether the table can take what the load lands. Changes nothing.
   *
   * @return what tells this table from another of the same name; empty if it is to be created
   * @throws LoaderException if it cannot
   */
  Optional<String> check() throws IOException;

  /**
   * The number of the last commit of this load that the table holds, from the table's own history.
   *
   * @return 0 if it holds none; empty if it keeps no history
   */
  OptionalLong told() throws IOException;

  /**
   * Brings the table from one commit to a later one, all of it or nothing; a table without a
   * history may be told the same again. The table is created if that is asked for, and it is not
   * there.
   *
   * @return false if there is no table yet, and no file to create it by
   * @throws LoaderException also if the table does not stand at {@link TableChange#from} any more
   */
  boolean tell(TableChange change) throws IOException;

  /**
   * Looks whether the table holds the records of files that are gone: others may have written them
   * into files of the table's own. Changes nothing.
   *
   * @return for each file whose records it does not hold, or not as far as can be told, why, in
   *     words that may be empty; those whose records it holds are not in it
   */
  default Map<LandedFile, String> lacks(TableHoldings holdings) throws IOException {
    return Elsewhere.NOWHERE.lacks(holdings.gone(), holdings.read());
  }

  /** For people, such as "The Iceberg table lake.shop.orders". */
  @Override
  String toString();
}
