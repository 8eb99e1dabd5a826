package io.kafkahdfs.producer;

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
  private static final String ROOT = "io.kafkahdfs.producer.";

  /** Which packages a package may import: the data's way, and beside it what a run is made of. */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("config", List.of()),
          Map.entry("files", List.of("config")),
          Map.entry("partition", List.of("config")),
          Map.entry("plan", List.of("config", "files", "partition")),
          Map.entry("state", List.of("config", "plan")),
          Map.entry("read", List.of("plan")),
          Map.entry("split", List.of("config", "files", "plan", "read", "state")),
          Map.entry("commit", List.of("config", "plan", "state")),
          Map.entry("look", List.of("config", "files", "partition", "plan")),
          Map.entry(
              "send",
              List.of("commit", "config", "look", "partition", "plan", "read", "split", "state")),
          Map.entry("verify", List.of("commit", "config", "files", "plan", "read")),
          Map.entry(
              "upkeep", List.of("commit", "config", "files", "plan", "read", "state", "verify")),
          Map.entry(
              "job",
              List.of(
                  "commit",
                  "config",
                  "files",
                  "look",
                  "partition",
                  "plan",
                  "send",
                  "split",
                  "state",
                  "upkeep")));

  private static final List<String> PACKAGES = ALLOWED.keySet().stream().sorted().toList();

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kafkahdfs.producer");

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
            resideOutsideOfPackage("io.kafkahdfs.producer..").or(resideInAnyPackage(allowed)))
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
  void noStageKnowsWhichKafkaItWritesTo() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "kafka..", "io.kafkahdfs.legacy..", "io.kafkahdfs.modern..")
        .check(classes);
  }
}
