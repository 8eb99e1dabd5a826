package io.kafkahdfs.store;

import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.ipc.RemoteException;

/** Tells people why a file system has refused something. */
public final class StorageFailure {
  /** The limits of HDFS, by the classes that tell of them, and the way out. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "org.apache.hadoop.hdfs.protocol.FSLimitException$MaxDirectoryItemsExceededException",
          "The NameNode allows no more entries in a folder"
              + " (dfs.namenode.fs-limits.max-directory-items): raise that, or move older files to"
              + " another folder",
          "org.apache.hadoop.hdfs.protocol.FSLimitException$PathComponentTooLongException",
          "The NameNode allows no longer names (dfs.namenode.fs-limits.max-component-length): raise"
              + " that",
          "org.apache.hadoop.hdfs.protocol.NSQuotaExceededException",
          "The folder's quota of names is used up: raise it (hdfs dfsadmin -setQuota), or remove"
              + " files",
          "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException",
          "The folder's quota of space is used up: raise it (hdfs dfsadmin -setSpaceQuota), or"
              + " remove files",
          "org.apache.hadoop.hdfs.protocol.QuotaByStorageTypeExceededException",
          "The folder's quota of space on a type of storage is used up: raise it (hdfs dfsadmin"
              + " -setSpaceQuota -storageType), or remove files");

  private StorageFailure() {}

  /** What failed, in sentences; where it is a limit of HDFS, with its name and the way out. */
  public static String describe(IOException failure) {
    if (failure instanceof LoaderException) {
      return failure.getMessage();
    }
    // A NameNode's refusal continues with its stack.
    String what = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    if (what.isEmpty() || what.equals("null")) {
      what = failure.getClass().getSimpleName();
    }
    return (what.endsWith(".") ? what : what + ".")
        + limit(failure).map(limit -> " " + limit + ".").orElse("");
  }

  /** Whether a limit or quota of HDFS has been reached; what is refused for it is refused again. */
  public static boolean isLimit(IOException failure) {
    return limit(failure).isPresent();
  }

  private static Optional<String> limit(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String type =
          cause instanceof RemoteException remote
              ? remote.getClassName()
              : cause.getClass().getName();
      if (LIMITS.containsKey(type)) {
        return Optional.of(LIMITS.get(type));
      }
    }
    return Optional.empty();
  }
}
