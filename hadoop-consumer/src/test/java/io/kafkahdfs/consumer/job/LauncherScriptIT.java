package io.kafkahdfs.consumer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.command.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** {@code bin/kafka-to-hdfs} in a release, whose jar is one that tells how it was called. */
class LauncherScriptIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Path HADOOP = REPOSITORY.resolve("hadoop-runtime/target/hadoop");

  private static final String ARCHIVES = "KAFKA_HDFS_CLASS_ARCHIVE";

  /** What the scripts use. */
  private static final List<String> COMMANDS =
      List.of("cksum", "cut", "dirname", "find", "grep", "ls", "mkdir", "mv", "readlink", "rm");

  @TempDir Path temp;
  private Path release;
  private Path commands;
  private Path script;

  @BeforeEach
  void unpack() throws IOException {
    release = temp.resolve("a release");
    script = release.resolve("bin/kafka-to-hdfs");
    Files.createDirectories(script.getParent());
    Files.copy(REPOSITORY.resolve("bin/kafka-to-hdfs"), script);
    for (String part : List.of("launch.sh", "class-archive.sh")) {
      Files.copy(REPOSITORY.resolve("bin/" + part), release.resolve("bin/" + part));
    }
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path logging = Files.createDirectories(release.resolve("conf/logging"));
    Files.copy(
        REPOSITORY.resolve("conf/logging/log4j.properties"), logging.resolve("log4j.properties"));
    Files.createDirectories(release.resolve("lib"));
    commands = Files.createDirectory(temp.resolve("commands"));
    for (String command : COMMANDS) {
      String folder = Files.exists(Path.of("/usr/bin", command)) ? "/usr/bin/" : "/bin/";
      writeCommand(commands.resolve(command), "exec " + folder + command + " \"$@\"\n");
    }
  }

  /** The temporary folder's own cleaning would complain of a link that leads out of it. */
  @AfterEach
  void unlinkHadoopClient() throws IOException {
    Files.deleteIfExists(release.resolve("lib/hadoop"));
  }

  @Test
  void runsOnTheHadoopClientThatComesAlong() throws Exception {
    bringJar();
    bringHadoopClient();

    Outcome outcome = run(Map.of(), script, "two words", "*", "");

    assertThat(outcome.stdout()).isEqualTo("[two words][*][]\nfs file:///\nheap default\n");
    assertThat(outcome.stderr()).endsWith("WARN  Probe: logged\n").hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(42);
  }

  @Test
  void heedsTheVariablesOfHadoop() throws Exception {
    bringJar();
    bringHadoopClient();
    Path conf = Files.createDirectories(temp.resolve("my conf"));
    Configuration site = new Configuration(false);
    site.set("fs.defaultFS", "hdfs://somewhere:8020");
    try (var out = Files.newOutputStream(conf.resolve("core-site.xml"))) {
      site.writeXml(out);
    }

    Outcome outcome =
        run(
            Map.of(
                "HADOOP_CONF_DIR", conf.toString(),
                "HADOOP_HEAPSIZE_MAX", "123",
                "HADOOP_OPTS", "-Dprobe.a=1 -Dprobe.b=*"),
            script);

    assertThat(outcome.stdout())
        .isEqualTo("\nfs hdfs://somewhere:8020\nheap -Xmx123m\nprobe.a=1 probe.b=*\n");
  }

  /** Of the runs, the first has no job, so its classes are not worth an archive. */
  @Test
  void takesItsClassesFromAnArchiveOnceItHasMadeOne() throws Exception {
    moveToPathWithoutSpaces();
    bringJar();
    bringHadoopClient();
    Path archives = temp.resolve("not there yet/classes");
    Map<String, String> without = Map.of(ARCHIVES, archives.toString());
    Map<String, String> with =
        Map.of(
            ARCHIVES,
            archives.toString(),
            "HADOOP_OPTS",
            "-Dprobe.job= -Xlog:class+load:file=" + temp.resolve("loaded.txt"));

    Outcome small = run(without, script);
    Outcome recorded = run(with, script);
    List<String> loaded = Files.readAllLines(temp.resolve("loaded.txt"));
    Outcome making = run(with, script);
    Outcome shared = run(with, script);

    assertThat(loaded).noneMatch(LauncherScriptIT::isOurOwnFromArchive);
    assertThat(Files.readAllLines(temp.resolve("loaded.txt")))
        .filteredOn(line -> line.contains("kafkahdfs"))
        .anyMatch(LauncherScriptIT::isOurOwnFromArchive);
    assertThat(small).isEqualTo(new Outcome(42, "\nfs file:///\nheap default\n", small.stderr()));
    String said = "\nfs file:///\nheap default\nhas Job\n";
    assertThat(List.of(recorded, making, shared))
        .extracting(Outcome::stdout)
        .containsExactly(said, said, said);
    assertThat(List.of(small, recorded, shared))
        .allSatisfy(run -> assertThat(run.stderr()).hasLineCount(1).endsWith("logged\n"));
    assertThat(making.stderr().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("making an archive", archives.toString());
    assertThat(shared.exitCode()).isEqualTo(42);
    try (Stream<Path> files = Files.list(archives)) {
      assertThat(files.map(file -> file.toString().replaceAll(".*[.]", "")))
          .containsExactlyInAnyOrder("jsa", "log");
    }

    Path archive = archives.resolve(nameOfArchive(archives));
    assertThat(archive.toFile().setWritable(true)).isTrue();
    byte[] bytes = Files.readAllBytes(archive);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 4096; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(archive, bytes);
    Outcome damaged = run(with, script);
    Files.write(archive, Arrays.copyOf(bytes, 100_000));
    Outcome cut = run(with, script);
    Files.setPosixFilePermissions(archives, PosixFilePermissions.fromString("rwxrwxrwx"));
    Outcome ofOthers = run(with, script);

    assertThat(List.of(damaged, cut, ofOthers))
        .allSatisfy(
            run -> {
              assertThat(run.stdout()).isEqualTo(said);
              assertThat(run.exitCode()).isEqualTo(42);
            });
    assertThat(damaged.stderr()).contains(archive + ", which is damaged").hasLineCount(2);
    assertThat(cut.stderr()).contains(archive + ", which is damaged");
    assertThat(ofOthers.stderr())
        .contains("others than this user may write to " + archives)
        .hasLineCount(2);
  }

  /** JVMs archive nothing from others. */
  private void moveToPathWithoutSpaces() throws IOException {
    release = Files.move(release, temp.resolve("release"));
    script = release.resolve("bin/kafka-to-hdfs");
  }

  private static boolean isOurOwnFromArchive(String line) {
    return line.contains(Probe.class.getName() + " ") && line.contains("shared objects file");
  }

  private static String nameOfArchive(Path archives) throws IOException {
    try (Stream<Path> files = Files.list(archives)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsa"))
          .collect(Collectors.joining());
    }
  }

  /** As on a disk that is full. */
  @Test
  void goesOnWhenNoArchiveCanBeMade() throws Exception {
    moveToPathWithoutSpaces();
    bringJar();
    bringHadoopClient();
    Files.delete(commands.resolve("mv"));
    writeCommand(commands.resolve("mv"), "exit 1\n");
    Map<String, String> variables =
        Map.of(ARCHIVES, temp.resolve("classes").toString(), "HADOOP_OPTS", "-Dprobe.job=");

    Outcome recorded = run(variables, script);
    Outcome making = run(variables, script);
    Outcome later = run(variables, script);

    assertThat(List.of(recorded, making, later))
        .allSatisfy(
            run -> {
              assertThat(run.exitCode()).isEqualTo(42);
              assertThat(run.stdout()).endsWith("has Job\n");
            });
    assertThat(making.stderr()).contains("none could be made, see " + temp.resolve("classes"));
    assertThat(later.stderr()).hasLineCount(1);
  }

  @Test
  void runsWithoutAnArchiveWhereItCannotHaveOne() throws Exception {
    moveToPathWithoutSpaces();
    bringJar();
    bringHadoopClient();
    Path file = Files.createFile(temp.resolve("file"));

    Outcome noFolder = run(Map.of(ARCHIVES, file.toString()), script);
    Outcome noHome = run(Map.of(ARCHIVES, "", "HOME", "", "XDG_CACHE_HOME", ""), script);

    assertThat(List.of(noFolder, noHome))
        .allSatisfy(run -> assertThat(run.stdout()).isEqualTo("\nfs file:///\nheap default\n"));
    assertThat(noFolder.stderr()).contains(file + " cannot be written", ARCHIVES).hasLineCount(2);
    assertThat(noHome.stderr()).hasLineCount(1);
  }

  @Test
  void preferesTheHadoopCommandOfTheMachine() throws Exception {
    bringJar();
    bringHadoopClient();
    Path home = temp.resolve("a hadoop");
    fakeHadoop(home.resolve("bin/hadoop"));

    Outcome byHome = run(Map.of("HADOOP_HOME", home.toString()), script, "two words");
    Outcome byPath = run(Map.of("PATH", home.resolve("bin") + ":" + commands), script, "two words");

    String expected =
        "hadoop [jar][" + release.toRealPath() + "/lib/kafka-to-hdfs.jar][two words]\n";
    assertThat(byHome).isEqualTo(new Outcome(7, expected, ""));
    assertThat(byPath).isEqualTo(new Outcome(7, expected, ""));
  }

  @Test
  void findsItsHomeThroughLinks() throws Exception {
    bringJar();
    fakeHadoop(temp.resolve("hadoop/bin/hadoop"));
    Files.createSymbolicLink(release.resolve("bin/absolute"), script);
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a release/bin/absolute"));

    Outcome outcome = run(Map.of("HADOOP_HOME", temp.resolve("hadoop").toString()), link);

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.stdout()).contains("/a release/lib/kafka-to-hdfs.jar]");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Outcome noJar = run(Map.of(), script);
    bringJar();
    Outcome noHadoop = run(Map.of(), script);
    Files.createFile(release.resolve("pom.xml"));
    Outcome checkout = run(Map.of(), script);
    bringHadoopClient();
    Outcome noJava = run(Map.of("JAVA_HOME", "/nowhere"), script);

    assertThat(noJar.exitCode()).isEqualTo(1);
    assertThat(noJar.stderr()).contains("kafka-to-hdfs.jar is neither in").doesNotContain("mvn");
    assertThat(noHadoop.exitCode()).isEqualTo(1);
    assertThat(noHadoop.stderr()).contains("no hadoop command").doesNotContain("mvn");
    assertThat(checkout.stderr()).contains("Build it with: mvn -f '" + release.toRealPath());
    assertThat(noJava.exitCode()).isEqualTo(1);
    assertThat(noJava.stderr()).contains("JAVA_HOME is /nowhere");
  }

  @Test
  void theHadoopClientBindsItsLogOnce() throws IOException {
    List<String> binders = new ArrayList<>();
    List<String> backends = new ArrayList<>();
    try (Stream<Path> jars = Files.list(HADOOP)) {
      for (Path path : jars.toList()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          if (jar.getEntry("org/slf4j/impl/StaticLoggerBinder.class") != null) {
            binders.add(path.getFileName().toString().replaceAll("-[0-9].*", ""));
          }
          if (jar.getEntry("org/apache/log4j/Logger.class") != null) {
            backends.add(path.getFileName().toString().replaceAll("-[0-9].*", ""));
          }
        }
      }
    }
    assertThat(binders).containsExactly("slf4j-reload4j");
    assertThat(backends).containsExactly("reload4j");
  }

  private void bringJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Probe.class.getName());
    try (JarOutputStream out =
        new JarOutputStream(
            Files.newOutputStream(release.resolve("lib/kafka-to-hdfs.jar")), manifest)) {
      put(Probe.class, out);
      put(Launcher.class, out);
      for (Class<?> part : Launcher.class.getDeclaredClasses()) {
        put(part, out);
      }
    }
  }

  private static void put(Class<?> type, JarOutputStream jar) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream("/" + name)) {
      jar.putNextEntry(new JarEntry(name));
      in.transferTo(jar);
    }
  }

  private void bringHadoopClient() throws IOException {
    Files.createSymbolicLink(release.resolve("lib/hadoop"), HADOOP);
  }

  private static void fakeHadoop(Path file) throws IOException {
    writeCommand(
        file,
        """
        printf 'hadoop '
        printf '[%s]' "$@"
        echo
        exit 7
        """);
  }

  private static void writeCommand(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script, StandardOpenOption.CREATE_NEW);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Outcome run(Map<String, String> environment, Path command, String... args)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(command.toString()));
    all.addAll(List.of(args));
    Path stdout = Files.createTempFile(temp, "stdout", "");
    Path stderr = Files.createTempFile(temp, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(key -> key.startsWith("HADOOP_"));
    variables.keySet().removeAll(List.of("CLASSPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    // The machine may have a hadoop command: it must not be found.
    variables.put("PATH", commands.toString());
    variables.put("KAFKA_HDFS_CLASS_ARCHIVE", "off");
    variables.putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(stdout, UTF_8), Files.readString(stderr, UTF_8));
  }

  /** What the command did. */
  private record Outcome(int exitCode, String stdout, String stderr) {}

  /** Tells its arguments, the default file system, and what its JVM was given. */
  public static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      for (String arg : args) {
        System.out.print("[" + arg + "]");
      }
      System.out.println();
      System.out.println("fs " + FileSystem.getDefaultUri(new Configuration()));
      List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
      System.out.println(
          "heap " + options.stream().filter(o -> o.startsWith("-Xmx")).findAny().orElse("default"));
      if (System.getProperty("probe.a") != null) {
        System.out.println(
            "probe.a=%s probe.b=%s"
                .formatted(System.getProperty("probe.a"), System.getProperty("probe.b")));
      }
      if (System.getProperty("probe.job") != null) {
        System.out.println("has " + Job.class.getSimpleName());
      }
      LoggerFactory.getLogger("Probe").warn("logged");
      System.exit(42);
    }
  }
}
