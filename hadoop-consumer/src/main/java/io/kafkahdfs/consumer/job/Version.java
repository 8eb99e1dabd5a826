package io.kafkahdfs.consumer.job;

import java.util.Optional;

/** Which version this is, from the jar's manifest. */
final class Version {
  private Version() {}

  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
