package io.kafkahdfs.format;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class FormatLayersTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kafkahdfs.format");

  @Test
  void noFormatKnowsAJobOrAKafka() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kafkahdfs.consumer..", "io.kafkahdfs.producer..", "org.apache.kafka..", "kafka..")
        .check(classes);
  }

  @Test
  void theSchemaRegistryKnowsNoFileSystemAndNoFormat() {
    noClasses()
        .that()
        .resideInAPackage("io.kafkahdfs.format.registry")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "org.apache.hadoop.fs..",
                    "org.apache.hadoop.mapreduce..",
                    "io.kafkahdfs.format..")
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.resideInAPackage("io.kafkahdfs.format.registry"))))
        .check(classes);
  }

  /** A format can be taken out with its package and its line. */
  @Test
  void noFormatKnowsAnother() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("registration")
        .definedBy("io.kafkahdfs.format")
        .layer("archive")
        .definedBy("io.kafkahdfs.format.archive..")
        .layer("text")
        .definedBy("io.kafkahdfs.format.text..")
        .layer("json")
        .definedBy("io.kafkahdfs.format.json..")
        .layer("sequence")
        .definedBy("io.kafkahdfs.format.sequence..")
        .layer("orc")
        .definedBy("io.kafkahdfs.format.orc..")
        .layer("parquet")
        .definedBy("io.kafkahdfs.format.parquet..")
        .whereLayer("registration")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("archive")
        .mayOnlyBeAccessedByLayers("registration")
        .whereLayer("text")
        .mayOnlyBeAccessedByLayers("registration")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers("registration")
        .whereLayer("orc")
        .mayOnlyBeAccessedByLayers("registration")
        .whereLayer("parquet")
        .mayOnlyBeAccessedByLayers("registration")
        .whereLayer("sequence")
        .mayOnlyBeAccessedByLayers("registration")
        .check(classes);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .matching("io.kafkahdfs.format.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}
