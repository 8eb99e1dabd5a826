package io.kafkahdfs.command;

import java.util.Optional;

/** Which version this is, from the jar's manifest. */
public final class Version {
  private Version() {}

  public static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
