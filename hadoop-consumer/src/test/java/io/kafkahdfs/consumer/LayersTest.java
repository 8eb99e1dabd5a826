package io.kafkahdfs.consumer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LayersTest {
  private static final String ROOT = "io.kafkahdfs.consumer.";

  /** Which packages a package may import: the data's way, and beside it what a run is made of. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("state", List.of()),
          Map.entry("plan", List.of()),
          Map.entry("read", List.of()),
          Map.entry("write", List.of("read", "state")),
          Map.entry("config", List.of("plan", "read", "state", "write")),
          Map.entry("split", List.of("config", "plan", "read", "state")),
          Map.entry("commit", List.of("plan", "read", "state", "write")),
          Map.entry("table", List.of("commit", "config", "plan", "state")),
          Map.entry("compact", List.of("commit", "config", "plan", "read", "state", "write")),
          Map.entry("repair", List.of("commit", "plan", "state", "write")),
          Map.entry("verify", List.of("commit", "plan", "state")),
          Map.entry("report", List.of("commit", "plan")),
          Map.entry(
              "upkeep",
              List.of(
                  "commit", "compact", "config", "plan", "report", "state", "table", "verify",
                  "write")),
          Map.entry(
              "job",
              List.of(
                  "commit", "config", "plan", "read", "repair", "split", "state", "table", "upkeep",
                  "write")));

  private static final List<String> PACKAGES = ALLOWED.keySet().stream().sorted().toList();

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kafkahdfs.consumer");

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void thePackagesImportWhatTheyMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), ALLOWED.get(name).stream())
            .map(each -> ROOT + each)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("io.kafkahdfs.consumer..").or(resideInAnyPackage(allowed)))
        .check(classes);
  }

  @Test
  void eachPackageIsSpokenOf() {
    assertThat(
            classes.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length()))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(PACKAGES);
  }

  @Test
  void noChainOfImportsIsLongerThanSix() {
    assertThat(PACKAGES.stream().mapToInt(LayersTest::chain).max().orElseThrow())
        .isLessThanOrEqualTo(6);
  }

  /**
   * The packages of the longest chain that begins with one; without an end if there is a circle.
   */
  private static int chain(String name) {
    return 1 + ALLOWED.get(name).stream().mapToInt(LayersTest::chain).max().orElse(0);
  }

  @Test
  void noStageKnowsWhichKafkaItReads() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "kafka..", "io.kafkahdfs.legacy..", "io.kafkahdfs.modern..")
        .check(classes);
  }
}
