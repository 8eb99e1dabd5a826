package io.kafkahdfs.table.hive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class FoldersTest {
  private static final Folders FOLDERS =
      Folders.of(new Path("hdfs://n/out"), List.of("orders", "Dt={time:yyyy}", "region={field:r}"));

  @Test
  void theTableStandsWhereTheKeysBegin() {
    assertThat(FOLDERS.location()).isEqualTo(new Path("hdfs://n/out/orders"));
    assertThat(FOLDERS.keys()).containsExactly("dt", "region");
    assertThat(Folders.of(new Path("hdfs://n/out"), List.of("a={partition}")).location())
        .isEqualTo(new Path("hdfs://n/out"));
  }

  @Test
  void folderNamesTellValues() {
    assertThat(FOLDERS.values(new Path("hdfs://n/out/orders/Dt=2026/region=a%2Fb")))
        .contains(List.of("2026", "a/b"));
    assertThat(FOLDERS.name(List.of("2026", "a/b"))).isEqualTo("dt=2026/region=a%2Fb");
  }

  @Test
  void otherFoldersAreNone() {
    for (String folder :
        List.of(
            "hdfs://n/out/orders/Dt=2026",
            "hdfs://n/out/orders/region=eu/Dt=2026",
            "hdfs://n/out/other/Dt=2026/region=eu",
            "hdfs://n/out/orders/Dt=2026/region=eu/x=1",
            "hdfs://n/Dt=2026/region=eu",
            "hdfs://n/out")) {
      assertThat(FOLDERS.values(new Path(folder))).as(folder).isEmpty();
    }
  }
}
