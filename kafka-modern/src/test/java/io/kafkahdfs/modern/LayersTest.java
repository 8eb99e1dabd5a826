package io.kafkahdfs.modern;

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
        .definedBy("io.kafkahdfs.modern")
        .layer("read")
        .definedBy("io.kafkahdfs.modern.read")
        .layer("send")
        .definedBy("io.kafkahdfs.modern.send")
        .layer("admin")
        .definedBy("io.kafkahdfs.modern.admin")
        .layer("connection")
        .definedBy("io.kafkahdfs.modern.connection")
        .whereLayer("cluster and target")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("read")
        .mayOnlyBeAccessedByLayers("cluster and target")
        .whereLayer("send")
        .mayOnlyBeAccessedByLayers("cluster and target")
        .whereLayer("admin")
        .mayOnlyBeAccessedByLayers("cluster and target", "send")
        .ensureAllClassesAreContainedInArchitecture()
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.kafkahdfs.modern"));
  }
}
