package io.kafkahdfs.testkit.kafka;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Kafkas that tests can run, each from a module of its own below {@code testkit/servers}. A
 * module has a package with two classes: {@code Server}, whose {@code main} runs a server in a JVM
 * of its own, and {@code ToolsProvider}.
 */
public enum KafkaVersion {
  V0_9("kafka-0.9", "kafka09");

  private final String module;
  private final String packageName;

  KafkaVersion(String module, String packageName) {
    this.module = module;
    this.packageName = "io.kafkahdfs.testkit." + packageName;
  }

  String serverClass() {
    return packageName + ".Server";
  }

  /** The module's own classes and all that they need. */
  List<Path> classPath() throws IOException {
    String name = "/servers/" + module + ".classpath";
    List<Path> paths = new ArrayList<>();
    paths.add(own());
    try (InputStream list = KafkaVersion.class.getResourceAsStream(name)) {
      String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      for (String path : text.strip().split(File.pathSeparator)) {
        paths.add(Path.of(path));
      }
    }
    return paths;
  }

  private Path own() throws IOException {
    String file = "servers/" + module + ".classpath";
    URL url = KafkaVersion.class.getClassLoader().getResource(file);
    if (url == null) {
      throw new IOException(
          "No "
              + file
              + " on the class path: build the module testkit/servers/"
              + module
              + " (Maven does with -am) and let the testkit depend on it");
    }
    String text = url.toString();
    String root = text.substring(0, text.length() - file.length());
    if (root.startsWith("jar:")) {
      root = root.substring("jar:".length(), root.length() - "!/".length());
    }
    try {
      return Path.of(new URI(root));
    } catch (URISyntaxException e) {
      throw new IOException(url.toString(), e);
    }
  }

  /** The tools' classes in a world of their own: of the tests' classes they see what they share. */
  KafkaToolsProvider toolsProvider() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path path : classPath()) {
      urls.add(path.toUri().toURL());
    }
    ClassLoader loader = new URLClassLoader(module, urls.toArray(URL[]::new), new SharedClasses());
    try {
      return (KafkaToolsProvider)
          loader.loadClass(packageName + ".ToolsProvider").getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IOException("The module testkit/servers/" + module + " lacks its tools", e);
    }
  }

  private static final class SharedClasses extends ClassLoader {
    private static final List<String> SHARED =
        List.of("io.kafkahdfs.testkit.kafka.", "io.kafkahdfs.offset.");

    SharedClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (SHARED.stream().noneMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return KafkaVersion.class.getClassLoader().loadClass(name);
    }
  }
}
