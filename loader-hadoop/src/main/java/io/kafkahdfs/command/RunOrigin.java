package io.kafkahdfs.command;

import io.kafkahdfs.state.LoadLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Who runs, where and since when.
 *
 * @param run the run's id: its start, and some random digits so that no two runs share one
 */
public record RunOrigin(String run, String user, String host, Instant started) {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  public static RunOrigin now() throws IOException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String random = "%08x".formatted(new SecureRandom().nextInt());
    return new RunOrigin(
        ID.format(started) + "-" + random,
        UserGroupInformation.getCurrentUser().getShortUserName(),
        hostName(),
        started);
  }

  /** The run of who holds a lock. */
  public static RunOrigin of(LoadLock.Owner owner) {
    return new RunOrigin(owner.run(), owner.user(), owner.host(), Instant.parse(owner.since()));
  }

  /** This host, as locks and commits name it. */
  public static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host that cannot look itself up still has a name in its message.
      return "unknown-host";
    }
  }

  public LoadLock.Owner owner() {
    return LoadLock.Owner.self(run, user, host, started.toString());
  }
}
