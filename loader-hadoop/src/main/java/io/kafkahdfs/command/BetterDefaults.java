package io.kafkahdfs.command;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/** Puts better values in place of Hadoop's own defaults; what the user or the cluster sets wins. */
public final class BetterDefaults {
  /** A file's close asks again after this time when its last block is not reported yet. */
  private static final String CLOSE_DELAY =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private BetterDefaults() {}

  /**
   * Sets what files are written with. Before anything asks for a file system: Hadoop keeps the
   * first one, and tasks of the local job runner write with it, whatever their job's configuration
   * says.
   */
  static void setForFiles(Configuration configuration) {
    // Else the cluster's hdfs-site.xml would be read later, and what is set here would win.
    HdfsConfiguration.init();
    set(CLOSE_DELAY, "10", configuration);
  }

  /** Sets one value. */
  public static void set(String key, String value, Configuration configuration) {
    String[] sources = configuration.getPropertySources(key);
    if (sources == null
        || Arrays.stream(sources).allMatch(source -> source.endsWith("-default.xml"))) {
      configuration.set(key, value);
    }
  }
}
