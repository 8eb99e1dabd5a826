package io.kafkahdfs.run;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.MRConfig;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many map tasks a job is to have.
 *
 * @param requested by the user, if anybody did
 * @param configuration of the cluster that runs them
 */
public record MapCount(Optional<Integer> requested, Configuration configuration) {
  /** So many do no harm, however small a cluster is. */
  static final int USUAL_MOST = 20;

  private static final Logger LOG = LoggerFactory.getLogger(MapCount.class);

  /** A cluster that does not answer is not waited for: fewer tasks only take longer. */
  private static final long PATIENCE_MS = 5_000;

  /**
   * The number that was requested. If none was, one for each {@link SplitSize#BYTES}, but no more
   * than {@value #USUAL_MOST}, or than the cluster runs at the same time if that is more.
   *
   * @param bytes to be worked off
   */
  public int of(double bytes) {
    return requested.orElseGet(
        () -> (int) Math.min(Math.ceil(bytes / SplitSize.BYTES), most(bytes)));
  }

  private int most(double bytes) {
    boolean onYarn =
        MRConfig.YARN_FRAMEWORK_NAME.equals(configuration.get(MRConfig.FRAMEWORK_NAME));
    if (!onYarn || bytes <= (double) SplitSize.BYTES * USUAL_MOST) {
      return USUAL_MOST;
    }
    return Math.max(USUAL_MOST, atOnce());
  }

  /** By memory, which is all that YARN's schedulers look at unless they are told otherwise. */
  private int atOnce() {
    Configuration asking = new YarnConfiguration(configuration);
    asking.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, PATIENCE_MS);
    asking.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, PATIENCE_MS / 5);
    asking.setBoolean(YarnConfiguration.TIMELINE_SERVICE_ENABLED, false);
    long taskMegabytes =
        Math.max(
            1, configuration.getInt(MRJobConfig.MAP_MEMORY_MB, MRJobConfig.DEFAULT_MAP_MEMORY_MB));
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(asking);
      yarn.start();
      long tasks = 0;
      for (NodeReport node : yarn.getNodeReports(NodeState.RUNNING)) {
        tasks += node.getCapability().getMemorySize() / taskMegabytes;
      }
      return (int) Math.min(tasks, Integer.MAX_VALUE);
    } catch (IOException | YarnException | RuntimeException e) {
      LOG.info("Could not ask YARN how many tasks it runs at once: {}", e.toString());
      return 0;
    }
  }
}
