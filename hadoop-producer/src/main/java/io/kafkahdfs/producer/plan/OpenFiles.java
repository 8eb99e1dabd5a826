package io.kafkahdfs.producer.plan;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsLocatedFileStatus;
import org.apache.hadoop.hdfs.protocol.LocatedBlocks;

/**
 * Tells whether somebody is writing to a file. HDFS can, also below a ViewFS, and what else has
 * leases, such as Ozone; other file systems cannot, there no file is open.
 */
final class OpenFiles {
  /** What a file system with leases says of itself, from Hadoop 3.3.6 on. */
  private static final String WITH_LEASES = "fs.capability.lease.recoverable";

  private OpenFiles() {}

  /**
   * @param status that of a listing with locations says it without another call
   */
  static boolean isOpen(FileStatus status, Configuration configuration) throws IOException {
    if (status instanceof HdfsLocatedFileStatus located) {
      LocatedBlocks blocks = located.getLocatedBlocks();
      if (blocks != null) {
        return blocks.isUnderConstruction();
      }
    }
    Path path = status.getPath().getFileSystem(configuration).resolvePath(status.getPath());
    FileSystem fileSystem = path.getFileSystem(configuration);
    if (fileSystem instanceof DistributedFileSystem hdfs) {
      return !hdfs.isFileClosed(path);
    }
    return fileSystem.hasPathCapability(path, WITH_LEASES) && Leases.isOpen(fileSystem, path);
  }

  /** A class of its own, as older Hadoops do not have what it needs. */
  private static final class Leases {
    static boolean isOpen(FileSystem fileSystem, Path path) throws IOException {
      return fileSystem instanceof LeaseRecoverable leases && !leases.isFileClosed(path);
    }
  }
}
