package io.kafkahdfs.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class LayersTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kafkahdfs.producer");

  @Test
  void nothingImportsTheJob() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.kafkahdfs.producer.job..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.kafkahdfs.producer.job..")
        .check(classes);
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

  @Test
  void theDataGoesOneWay() {
    SlicesRuleDefinition.slices()
        .matching("io.kafkahdfs.producer.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}
