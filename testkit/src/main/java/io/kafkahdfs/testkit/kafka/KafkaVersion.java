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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Kafkas that tests can run, each from a module of its own below {@code testkit/servers}, and
 * the module that has the tools for it.
 */
public enum KafkaVersion {
  V0_8_2("0.8.2", "kafka-0.8.2", "kafka08"),
  V0_9("0.9", "kafka-0.9", "kafka09"),
  V0_10_2("0.10.2", "kafka-tools", "tools"),
  V1_1("1.1", "kafka-tools", "tools"),
  V2_8("2.8", "kafka-tools", "tools"),
  V3_9("3.9", "kafka-tools", "tools"),
  V4_4("4.4", "kafka-tools", "tools");

  private static final Pattern BROKER = Pattern.compile("kafka_2\\.\\d+-(.+)\\.jar");

  private final String number;
  private final String toolsModule;
  private final String toolsPackage;

  KafkaVersion(String number, String toolsModule, String toolsPackage) {
    this.number = number;
    this.toolsModule = toolsModule;
    this.toolsPackage = "io.kafkahdfs.testkit." + toolsPackage;
  }

  /** The version as people write it, such as {@code 0.10.2}. */
  public String number() {
    return number;
  }

  /** The release of the broker that is run, such as {@code 0.10.2.2}. */
  public String release() throws IOException {
    for (Path path : serverClassPath()) {
      Matcher jar = BROKER.matcher(path.getFileName().toString());
      if (jar.matches()) {
        return jar.group(1);
      }
    }
    throw new IOException("No broker in the module testkit/servers/kafka-" + number);
  }

  String serverClass() {
    return "io.kafkahdfs.testkit.broker.Server";
  }

  /** The server's own classes and all that they need. */
  List<Path> serverClassPath() throws IOException {
    return classPath("kafka-" + number);
  }

  private static List<Path> classPath(String module) throws IOException {
    String name = "/servers/" + module + ".classpath";
    List<Path> paths = new ArrayList<>();
    paths.add(own(module));
    try (InputStream list = KafkaVersion.class.getResourceAsStream(name)) {
      String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      for (String path : text.strip().split(File.pathSeparator)) {
        paths.add(Path.of(path));
      }
    }
    return paths;
  }

  private static Path own(String module) throws IOException {
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
    for (Path path : classPath(toolsModule)) {
      urls.add(path.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(toolsModule, urls.toArray(URL[]::new), new SharedClasses());
    try {
      return (KafkaToolsProvider)
          loader.loadClass(toolsPackage + ".ToolsProvider").getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IOException("The module testkit/servers/" + toolsModule + " lacks its tools", e);
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
