package io.kafkahdfs.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.testkit.hadoop.HadoopDaemons;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.oozie.action.hadoop.LauncherAM;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.apache.oozie.local.LocalOozie;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A whole Oozie server in the JVM of the tests, in front of Hadoop's daemons; its launchers run in
 * containers as anywhere. A JVM can hold one; it ends with the JVM, since its own stop takes half a
 * minute.
 */
final class TestOozie {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Set<CoordinatorAction.Status> ENDED =
      EnumSet.of(
          CoordinatorAction.Status.SUCCEEDED,
          CoordinatorAction.Status.FAILED,
          CoordinatorAction.Status.KILLED);

  private final HadoopDaemons hadoop;

  private TestOozie(HadoopDaemons hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Starts it.
   *
   * @param home an existing, empty folder
   */
  static TestOozie start(HadoopDaemons hadoop, Path home) throws Exception {
    Path configuration = Files.createDirectory(home.resolve("conf"));
    Files.createDirectory(configuration.resolve("action-conf"));
    Path cluster = Files.createDirectory(home.resolve("hadoop-conf"));
    write(cluster.resolve("core-site.xml"), cluster(hadoop));
    write(configuration.resolve("oozie-site.xml"), site(cluster));
    installSharedLibrary(hadoop);
    System.setProperty("oozie.home.dir", home.toString());
    System.setProperty("oozielocal.log", home.resolve("oozie.log").toString());
    LocalOozie.start();
    return new TestOozie(hadoop);
  }

  /** What Oozie knows of the cluster: all that a client knows. */
  private static Configuration cluster(HadoopDaemons hadoop) {
    Configuration all = new Configuration(false);
    hadoop.configuration().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    // Containers find the cluster's configuration on their class path, as Hadoop's default has it.
    all.set(
        "yarn.application.classpath", hadoop.configurationFolder() + "," + hadoop.jars() + "/*");
    return all;
  }

  private static Configuration site(Path cluster) {
    String user = System.getProperty("user.name");
    Configuration site = new Configuration(false);
    site.set("oozie.service.HadoopAccessorService.hadoop.configurations", "*=" + cluster);
    site.set("oozie.service.JPAService.create.db.schema", "true");
    site.set("oozie.service.JPAService.jdbc.driver", "org.hsqldb.jdbcDriver");
    site.set("oozie.service.JPAService.jdbc.url", "jdbc:hsqldb:mem:oozie;create=true");
    site.set("oozie.service.JPAService.jdbc.username", "sa");
    site.set("oozie.service.JPAService.jdbc.password", "");
    site.set("oozie.service.ProxyUserService.proxyuser." + user + ".hosts", "*");
    site.set("oozie.service.ProxyUserService.proxyuser." + user + ".groups", "*");
    return site;
  }

  private static void write(Path file, Configuration site) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      site.writeXml(out);
    }
  }

  /** The launcher's classes, where an administrator puts them. */
  private static void installSharedLibrary(HadoopDaemons hadoop)
      throws IOException, URISyntaxException {
    URI jar = LauncherAM.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    var folder =
        new org.apache.hadoop.fs.Path(
            hadoop.root(),
            "user/" + System.getProperty("user.name") + "/share/lib/lib_20260101000000/oozie");
    folder
        .getFileSystem(hadoop.configuration())
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(jar), new org.apache.hadoop.fs.Path(folder, "oozie.jar"));
  }

  /** {@code oozie job -config FILE -run}, for a coordinator; gives its id. */
  String runCoordinator(Properties job) throws OozieClientException {
    return client().run(withUser(job));
  }

  private OozieClient client() {
    return LocalOozie.getCoordClient();
  }

  private static Properties withUser(Properties job) {
    Properties all = new Properties();
    all.putAll(job);
    all.setProperty(OozieClient.USER_NAME, System.getProperty("user.name"));
    return all;
  }

  CoordinatorJob coordinator(String id) throws OozieClientException {
    return client().getCoordJobInfo(id);
  }

  /** How a coordinator's actions stand, in the order of their times. */
  List<CoordinatorAction.Status> actions(String id) throws OozieClientException {
    return coordinator(id).getActions().stream().map(CoordinatorAction::getStatus).toList();
  }

  /** Waits until as many of a coordinator's actions have succeeded; fails if one fails. */
  void awaitSucceeded(String id, int actions) {
    await(
        id,
        () -> {
          List<CoordinatorAction.Status> now = actions(id);
          assertThat(now)
              .as(() -> story(id))
              .doesNotContain(
                  CoordinatorAction.Status.FAILED,
                  CoordinatorAction.Status.KILLED,
                  CoordinatorAction.Status.TIMEDOUT);
          return now.stream().filter(CoordinatorAction.Status.SUCCEEDED::equals).count() >= actions;
        });
  }

  /** Waits until a coordinator's first action has ended, and gives its workflow. */
  WorkflowJob awaitEnd(String id) throws OozieClientException {
    await(id, () -> actions(id).stream().limit(1).anyMatch(ENDED::contains));
    return workflow(coordinator(id).getActions().get(0));
  }

  private void await(String id, Callable<Boolean> condition) {
    try {
      Awaitility.await("coordinator " + id).atMost(LIMIT).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + story(id), e);
    }
  }

  private static WorkflowJob workflow(CoordinatorAction action) throws OozieClientException {
    return LocalOozie.getClient().getJobInfo(action.getExternalId());
  }

  /** What has happened, for the message of a failed test. */
  private String story(String id) {
    StringBuilder story = new StringBuilder();
    try {
      for (CoordinatorAction action : coordinator(id).getActions()) {
        story.append(action).append(' ').append(action.getErrorMessage()).append('\n');
        if (action.getExternalId() != null) {
          for (WorkflowAction step : workflow(action).getActions()) {
            story.append("  ").append(step).append(' ').append(step.getErrorMessage()).append('\n');
          }
        }
      }
    } catch (OozieClientException e) {
      story.append(e);
    }
    return story.append(hadoop.containerLogs()).toString();
  }
}
