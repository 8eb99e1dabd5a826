package io.kafkahdfs.format.registry;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import java.net.URI;

/** How failures of a schema registry are told, each with the way out. */
final class RegistryFailures {
  static final String CONFIG = "the file of --schema-registry-config";

  private RegistryFailures() {}

  /**
   * What an answer means that is not the one that was asked for, nor one that tells of the schema.
   *
   * @param asked what was asked: "schema 5"
   */
  static LoaderException of(RegistryAnswer answer, String asked, boolean withCredentials) {
    int status = answer.status();
    if (status == 401) {
      return failure(
          withCredentials
              ? "%s does not accept the credentials (401), asked for %s. Correct them in %s."
                  .formatted(named(answer.base()), asked, CONFIG)
              : ("%s asks for credentials (401), asked for %s. Set basic.auth.user.info or"
                      + " bearer.auth.token in %s.")
                  .formatted(named(answer.base()), asked, CONFIG));
    }
    if (status == 403) {
      return failure(
          ("%s does not allow it (403%s), asked for %s. Have it allowed there, or use"
                  + " other credentials in %s.")
              .formatted(named(answer.base()), said(answer), asked, CONFIG));
    }
    if (status >= 300 && status < 400) {
      return failure(
          ("%s sends to another address (%d, %s), asked for %s. It is not followed, since"
                  + " credentials would go there too. Set --schema-registry to where the registry"
                  + " is.")
              .formatted(named(answer.base()), status, Quoted.text(answer.location()), asked));
    }
    // What a registry says of schemas has codes of five digits, what it says of paths has not.
    boolean noSuchPath =
        answer.fault().stream().allMatch(fault -> status == 404 && fault.code() <= status);
    if (!noSuchPath) {
      return failure(
          "%s refuses (%d%s), asked for %s."
              .formatted(named(answer.base()), status, said(answer), asked));
    }
    return noRegistry(answer, asked);
  }

  /** The server speaks HTTP, and is something else. */
  static LoaderException noRegistry(RegistryAnswer answer, String asked) {
    return failure(
        ("%s is no schema registry, or one with a path before its own: asked for %s at"
                + " %s, %s. Correct --schema-registry (Apicurio's ends in /apis/ccompat/v7).")
            .formatted(answer.base(), asked, answer.path(), answer.shown()));
  }

  static LoaderException failure(String message) {
    return new LoaderException(ExitCode.FAILURE, message);
  }

  static LoaderException failure(String message, Throwable cause) {
    return new LoaderException(ExitCode.FAILURE, message, cause);
  }

  static String named(URI base) {
    return "The schema registry " + base;
  }

  private static String said(RegistryAnswer answer) {
    return answer
        .fault()
        .map(fault -> ", error_code " + fault.code() + ": " + Quoted.text(fault.message()))
        .orElse("");
  }
}
