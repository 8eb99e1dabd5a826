package io.kafkahdfs.consumer.commit;

import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import io.kafkahdfs.state.Sha256;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A commit as its file has it.
 *
 * @param commit which may have left out next offsets
 * @param digest the SHA-256 of the file
 */
record StoredCommit(Commit commit, String digest) {
  /**
   * @throws LoaderException if the file was cut short or changed, or is of a later version
   */
  static StoredCommit parse(Path file, long number, byte[] json) throws LoaderException {
    try {
      int version = Json.version(json);
      if (version > Commit.VERSION) {
        throw newer(file, version);
      }
      Commit commit = Json.readSealed(json, Commit.class);
      if (commit.number() != number) {
        throw untrusted(file, "it is commit " + commit.number(), null);
      }
      return new StoredCommit(commit, Sha256.hex(json));
    } catch (MalformedJsonException e) {
      throw untrusted(file, e.getMessage(), e);
    }
  }

  private static LoaderException newer(Path file, int version) {
    return new LoaderException(
        ExitCode.FAILURE,
        file
            + " was written by a newer version of the loader: it has the form "
            + version
            + ", and this version knows forms up to "
            + Commit.VERSION
            + ". Use the version that wrote it, or a newer one. Nothing was changed.");
  }

  static LoaderException untrusted(Path file, String what, IOException cause) {
    return new LoaderException(
        ExitCode.FAILURE,
        "Cannot trust the commit "
            + file
            + ": "
            + what
            + ". Put the file back as it was, from a backup or a snapshot. Nothing was changed.",
        cause);
  }
}
