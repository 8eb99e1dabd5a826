package io.kafkahdfs.consumer.table;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Which table is to learn of the commits.
 *
 * @param table its name, as the user has given it
 * @param create whether it is to be created if it is not there
 * @param format of the files, such as {@code parquet}
 * @param root the load's output
 * @param folders the names of the folders below it, one in the other, as the layout has them:
 *     {@code dt={time:yyyy-MM-dd}}
 * @param load the load's id, which never changes: more than one load may write to a table
 * @param properties all of the configuration whose keys begin with the kind and a dot
 * @param configuration to reach file systems with
 */
public record TableRequest(
    String table,
    boolean create,
    String format,
    Path root,
    List<String> folders,
    String load,
    Map<String, String> properties,
    Configuration configuration) {
  public TableRequest {
    folders = List.copyOf(folders);
    properties = Map.copyOf(properties);
  }
}
