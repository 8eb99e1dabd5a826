package io.kafkahdfs.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes files to HDFS, one after the other, 1 MiB at a time, and thinks of nothing else: {@code
 * FOLDER FILES BYTES}, where the bytes are those of all files together. Prints the seconds.
 */
public final class BareWriter {
  private static final int WRITE_BYTES = 1 << 20;

  private BareWriter() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = new Path(arguments[0]);
    int files = Integer.parseInt(arguments[1]);
    long bytes = Long.parseLong(arguments[2]);
    byte[] chunk = new byte[WRITE_BYTES];
    new Random(1).nextBytes(chunk);
    Configuration configuration = new Configuration();
    // As the job has it: else each close may wait for 400 ms.
    configuration.set("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");
    FileSystem fileSystem = folder.getFileSystem(configuration);
    fileSystem.mkdirs(folder);
    long start = System.nanoTime();
    for (int file = 0; file < files; file++) {
      try (OutputStream out = fileSystem.create(new Path(folder, String.valueOf(file)))) {
        for (long left = bytes / files; left > 0; left -= WRITE_BYTES) {
          out.write(chunk, 0, (int) Math.min(left, WRITE_BYTES));
        }
      }
    }
    System.out.println((System.nanoTime() - start) / 1e9);
  }
}
