package io.kafkahdfs.testkit.hadoop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The jars of servers that run in JVMs of their own; see testkit/servers. */
final class ServerClassPath {
  private ServerClassPath() {}

  /**
   * @param server such as {@code hadoop-3.4}
   */
  static List<Path> of(String server) throws IOException {
    String resource = "/servers/" + server + ".classpath";
    try (InputStream in = ServerClassPath.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing: build testkit/servers/" + server + " first (mvn -am does)");
      }
      String paths = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(paths.strip().split(File.pathSeparator)).map(Path::of).toList();
    }
  }
}
