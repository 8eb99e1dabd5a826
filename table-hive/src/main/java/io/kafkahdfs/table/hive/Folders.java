package io.kafkahdfs.table.hive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.metastore.utils.FileUtils;

/**
 * Where a table's partitions stand.
 *
 * @param location the table's own folder, which all of them are in
 * @param keys the names of their keys, in lower case as Hive has them
 */
record Folders(Path location, List<String> keys) {
  Folders {
    keys = List.copyOf(keys);
  }

  /**
   * Those of a layout.
   *
   * @param root the load's output
   * @param names of the folders below it, of which the last ones are {@code KEY=VALUE}
   */
  static Folders of(Path root, List<String> names) {
    Path location = root;
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      int equals = name.indexOf('=');
      if (equals < 0) {
        location = new Path(location, name);
      } else {
        keys.add(name.substring(0, equals).toLowerCase(Locale.ROOT));
      }
    }
    return new Folders(location, keys);
  }

  /**
   * The values that a folder's name tells of the keys.
   *
   * @return empty if it is none of a partition
   */
  Optional<List<String>> values(Path folder) {
    List<String> values = new ArrayList<>();
    Path at = folder;
    for (int i = keys.size() - 1; i >= 0; i--) {
      int equals = at.getName().indexOf('=');
      if (equals < 0
          || !at.getName().substring(0, equals).toLowerCase(Locale.ROOT).equals(keys.get(i))
          || at.getParent() == null) {
        return Optional.empty();
      }
      values.add(0, FileUtils.unescapePathName(at.getName().substring(equals + 1)));
      at = at.getParent();
    }
    return at.equals(location) ? Optional.of(values) : Optional.empty();
  }

  /** What the metastore calls a partition. */
  String name(List<String> values) {
    return FileUtils.makePartName(keys, values);
  }
}
