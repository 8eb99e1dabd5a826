package io.kafkahdfs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class SharedLayersTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "io.kafkahdfs.command",
              "io.kafkahdfs.console",
              "io.kafkahdfs.record",
              "io.kafkahdfs.run",
              "io.kafkahdfs.secrets",
              "io.kafkahdfs.state",
              "io.kafkahdfs.stop",
              "io.kafkahdfs.store");

  @Test
  void nothingHereKnowsAJobOrAKafka() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kafkahdfs.consumer..", "io.kafkahdfs.producer..", "org.apache.kafka..", "kafka..")
        .check(classes);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .matching("io.kafkahdfs.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}
