package io.kafkahdfs.legacy;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
  @Test
  void importsGoOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cluster and target")
        .definedBy("io.kafkahdfs.legacy")
        .layer("read")
        .definedBy("io.kafkahdfs.legacy.read")
        .layer("send")
        .definedBy("io.kafkahdfs.legacy.send")
        .layer("admin")
        .definedBy("io.kafkahdfs.legacy.admin")
        .layer("connection")
        .definedBy("io.kafkahdfs.legacy.connection")
        .whereLayer("cluster and target")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("cluster and target")
        .whereLayer("send")
        .mayOnlyBeAccessedByLayers("cluster and target")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("cluster and target", "read")
        .ensureAllClassesAreContainedInArchitecture()
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.kafkahdfs.legacy"));
  }
}
