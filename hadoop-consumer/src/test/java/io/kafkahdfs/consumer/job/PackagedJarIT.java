package io.kafkahdfs.consumer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The jar that users run must bring all it needs, and nothing that a cluster has too. */
class PackagedJarIT {
  private static final Path JAR = Path.of("target", "kafka-to-hdfs.jar");
  private static final long LIMIT = 42L * 1024 * 1024;
  private static final String SERVICES = "META-INF/services/";

  private static List<String> entries;

  /** Entry by entry: the directory at the end of a jar would not show what is there twice. */
  @BeforeAll
  static void read() throws IOException {
    entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(JAR))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.add(entry.getName());
        }
      }
    }
  }

  @Test
  void holdsNoClassThatAClusterMayHaveToo() {
    assertThat(entries)
        .filteredOn(entry -> entry.endsWith(".class"))
        .isNotEmpty()
        .allMatch(
            entry ->
                entry.startsWith("io/kafkahdfs/")
                    || entry.startsWith("com/github/luben/zstd/")
                    // Under its own name, which JAAS configurations use; no Hadoop has it.
                    || entry.startsWith("org/apache/kafka/")
                    || entry.startsWith("net/jpountz/"));
  }

  @Test
  void holdsItsLibraries() {
    assertThat(entries)
        .contains(
            "io/kafkahdfs/shaded/avro/Schema.class",
            "io/kafkahdfs/shaded/jackson/databind/ObjectMapper.class",
            "io/kafkahdfs/shaded/parquet/avro/AvroWriteSupport.class",
            "io/kafkahdfs/shaded/orc/OrcFile.class",
            "io/kafkahdfs/shaded/commons/compress/compressors/bzip2/BZip2CompressorOutputStream.class",
            "io/kafkahdfs/shaded/picocli/CommandLine.class",
            "io/kafkahdfs/client/KafkaCluster.class",
            "com/github/luben/zstd/Zstd.class",
            "META-INF/LICENSE",
            "META-INF/NOTICE");
    for (String platform : List.of("linux/amd64", "linux/aarch64", "darwin/aarch64")) {
      assertThat(entries).anyMatch(entry -> entry.startsWith(platform + "/libzstd-jni"));
    }
  }

  @Test
  void holdsTheOneFileOfTheChartsAndItsLicence() {
    assertThat(entries)
        .filteredOn(entry -> entry.toLowerCase(Locale.ROOT).contains("chart"))
        .filteredOn(entry -> !entry.endsWith(".class"))
        .containsExactlyInAnyOrder(
            "io/kafkahdfs/consumer/report/chart.umd.min.js",
            "META-INF/licenses/chart.js/LICENSE.md");
    assertThat(entries)
        .contains("io/kafkahdfs/consumer/report/report.html")
        .noneMatch(entry -> entry.startsWith("META-INF/resources/"));
  }

  @Test
  void holdsNothingTwice() {
    assertThat(entries).doesNotHaveDuplicates();
  }

  @Test
  void isTheSameForEveryLauncher() {
    assertThat(entries)
        .noneMatch(entry -> entry.endsWith("module-info.class"))
        .noneMatch(entry -> entry.startsWith("META-INF/versions/"))
        .noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
  }

  @Test
  void namesItsMainClass() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      assertThat(main).isEqualTo("io.kafkahdfs.consumer.job.Main");
      assertThat(jar.isMultiRelease()).isFalse();
      assertThat(entries).contains(main.replace('.', '/') + ".class");
    }
  }

  @Test
  void itsServicesAreInIt() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> services = entries.stream().filter(e -> e.startsWith(SERVICES)).toList();
      assertThat(services).isNotEmpty();
      for (String service : services) {
        try (InputStream in = jar.getInputStream(jar.getEntry(service))) {
          List<String> providers =
              new String(in.readAllBytes(), UTF_8)
                  .lines()
                  .map(line -> line.replaceAll("#.*", "").strip())
                  .filter(line -> !line.isEmpty())
                  .map(line -> line.replace('.', '/') + ".class")
                  .toList();
          assertThat(providers).as(service).isNotEmpty().doesNotHaveDuplicates();
          assertThat(entries).as(service).containsAll(providers);
        }
        String type = service.substring(SERVICES.length());
        assertThat(entries).contains(type.replace('.', '/') + ".class");
      }
    }
  }

  @Test
  void isNotTooLarge() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(LIMIT);
  }
}
