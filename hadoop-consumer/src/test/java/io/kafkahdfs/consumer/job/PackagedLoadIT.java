package io.kafkahdfs.consumer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.example.EvenUpperCaseMapper;
import io.kafkahdfs.consumer.job.Landed.Row;
import io.kafkahdfs.run.MapCount;
import io.kafkahdfs.run.SplitSize;
import io.kafkahdfs.testkit.hadoop.CommandResult;
import io.kafkahdfs.testkit.hadoop.Jars;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar with a plain {@code hadoop jar}, on HDFS and YARN daemons. */
class PackagedLoadIT extends PackagedLoadFixture {
  @TempDir Path temporary;

  @Test
  void runsLandWhatIsNewWithEveryCodecThatNeedsALibrary() throws Exception {
    Path summary = temporary.resolve("summary.json");
    send(0, 0, 100);
    send(1, 0, 50);
    done(loadPackaged("--maps", "2", "--codec", "snappy", "--summary", summary.toString()));
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 100), rows(1, 0, 50)));
    JsonNode json = new ObjectMapper().readTree(summary.toFile());
    assertThat(json.get("outcome").asText()).isEqualTo("committed");
    assertThat(json.get("commit").asLong()).isEqualTo(1);
    assertThat(json.get("records").asLong()).isEqualTo(150);
    assertThat(json.get("files").asLong()).isEqualTo(landed.files(topic).size());
    assertThat(json.get("partitions")).hasSize(2);
    assertThat(json.at("/partitions/1/until").asLong()).isEqualTo(50);
    assertThat(json.at("/partitions/1/written").asLong()).isEqualTo(50);

    send(1, 50, 70);
    done(loadPackaged("--codec", "zstandard"));
    assertThat(landed.avro(topic)).isEqualTo(all(rows(0, 0, 100), rows(1, 0, 70)));
    assertThat(landed.next()).isEqualTo(Map.of(partition(0), 100L, partition(1), 70L));

    CommandResult nothing = done(loadPackaged("--summary", summary.toString()));
    assertThat(nothing.stdout()).contains("Nothing to do");
    assertThat(new ObjectMapper().readTree(summary.toFile()).get("outcome").asText())
        .isEqualTo("nothing-to-do");
    assertThat(landed.commit().number()).isEqualTo(2);
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }

  /** With the libraries under other names, which is where they differ from all other tests. */
  @Test
  void filesWithColumnsNeedNothingButTheJar() throws Exception {
    send(0, 0, 100);
    // With a container of its own for the task.
    String apart = "mapreduce.job.ubertask.enable=false";
    CommandResult parquet = done(loadPackaged("-D", apart, "--format", "parquet", "--maps", "1"));
    assertThat(landed.parquet(topic)).hasSize(100).contains("v0", "v99");
    send(1, 0, 10);
    send(0, 100, 120);
    long before = inOneContainer();
    done(loadPackaged("--format", "parquet"));
    assertThat(inOneContainer()).isEqualTo(before + 1);
    CommandResult compacted = done(await(startCompaction("--file-per", "topic")));
    assertThat(compacted.stdout()).contains("Merged 3 files with 130 records");
    assertThat(landed.files(topic)).hasSize(1);
    assertThat(landed.parquet(topic)).hasSize(130).contains("v0", "v119");
    send(0, 120, 150);
    CommandResult orc =
        done(loadPackaged("-D", apart, "--format", "orc", "--accept-change", "--maps", "1"));
    assertThat(landed.orc(topic)).hasSize(30).contains("v120", "v149");
    assertThat(
            parquet.stderr() + compacted.stderr() + orc.stderr() + Servers.hadoop().containerLogs())
        .doesNotContain("WARN parquet", "WARN orc", "SLF4J", "NoClassDefFound");
  }

  /** How many jobs the application masters have done by themselves. */
  private static long inOneContainer() {
    return Servers.hadoop()
        .containerLogs()
        .lines()
        .filter(line -> line.contains("Uberizing job"))
        .count();
  }

  /** The cluster's one node has 4 GiB and 8 virtual cores. */
  @Test
  void aLargeJobHasAsManyTasksAsTheClusterRunsAtOnce() {
    Configuration yarn = Servers.hadoop().configuration();
    yarn.set("mapreduce.map.memory.mb", "100");
    MapCount tasks = new MapCount(Optional.empty(), yarn);
    assertThat(tasks.of(1e15)).isEqualTo(40);
    assertThat(tasks.of(30.0 * SplitSize.BYTES)).isEqualTo(30);
    assertThat(new MapCount(Optional.of(7), yarn).of(1e15)).isEqualTo(7);
    yarn.set("mapreduce.map.memory.mb", "1000");
    assertThat(tasks.of(1e15)).isEqualTo(20);
    yarn.set("yarn.resourcemanager.address", "127.0.0.1:1");
    assertThat(tasks.of(1e15)).isEqualTo(20);
    yarn.set("mapreduce.framework.name", "local");
    assertThat(tasks.of(1e15)).isEqualTo(20);
  }

  @Test
  void aUsersMapperComesInAJarOfHis() throws Exception {
    send(0, 0, 100);
    Path jar = Jars.of(temporary.resolve("mine.jar"), EvenUpperCaseMapper.class);
    done(loadPackaged("-libjars", jar.toString(), "--mapper", EvenUpperCaseMapper.class.getName()));
    assertThat(landed.avro(topic)).hasSize(50).contains(new Row(0, 98, "k98", "V98"));
    Commit.Partition partition = landed.commit().partitions().get(0);
    assertThat(List.of(partition.tally().written(), partition.tally().filtered()))
        .containsExactly(50L, 50L);
  }

  @Test
  void aTasksFailureReachesTheDriver() throws Exception {
    kafka()
        .tools()
        .send(partition(0), TestRecord.of("k", "good"), TestRecord.of("k", "two\nlines"));
    CommandResult result = loadPackaged("-D", "mapreduce.map.maxattempts=2", "--format", "text");
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(1);
    assertThat(result.stderr().lines().toList())
        .last()
        .asString()
        .startsWith("ERROR: ")
        .contains(topic + "-0@1", "--newlines");
    assertThat(landed.files(topic)).isEmpty();
    assertThat(landed.store().list(landed.state().staging())).isEmpty();
  }

  private static CommandResult done(CommandResult result) {
    assertThat(result.exitCode()).as(result.stderr() + Servers.hadoop().containerLogs()).isZero();
    return result;
  }
}
