package io.kafkahdfs.producer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.testkit.hadoop.InProcess;
import io.kafkahdfs.testkit.kafka.KafkaVersion;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code verify --deep}: what is in Kafka, held against what was sent. */
class VerifyDeepIT extends ExportFixture {
  private void exportLines(String... more) throws Exception {
    write("a.txt", text(lines("a", 0, 300)));
    write("b.txt", text(lines("b", 0, 200)));
    List<String> arguments = new ArrayList<>(List.of("--format", "text", "--export-id", "lines"));
    arguments.addAll(List.of(more));
    InProcess.Result result = export(arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private InProcess.Result verify(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify", "--deep"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--state", new Path(folder, "state").toString()));
    return new ExportCommand(Servers.hdfs().configuration()).run(arguments.toArray(String[]::new));
  }

  private JsonNode deep() throws Exception {
    return new ObjectMapper().readTree(verify("--json").out()).get("deep").get(0);
  }

  private PartitionId partition(int number) {
    return new PartitionId(topic, number);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_9", "V0_10_2", "V4_4"})
  void whatWasSentIsFoundAmongWhatOthersSend(KafkaVersion version) throws Exception {
    use(version);
    kafka().tools().send(partition(0), TestRecord.of(null, "a7"));
    exportLines();
    kafka().tools().send(partition(1), TestRecord.of(null, "of another"));
    InProcess.Result result = verify();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("each record of the files", "1 records in the target are none of this export")
        .containsPattern("lines +\\S+ +500 +501 +0 +0 +1 +0");
  }

  @Test
  void whatIsThereTwiceIsNamed() throws Exception {
    use(KafkaVersion.V4_4);
    exportLines();
    kafka().tools().send(partition(0), TestRecord.of(null, "a7"), TestRecord.of(null, "b9"));
    InProcess.Result result = verify();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("2 records are there more often", topic + "-");
    assertThat(deep().get("doubled").asLong()).isEqualTo(2);
  }

  @Test
  void whatIsMissingIsNamedByFileAndRecord() throws Exception {
    use(KafkaVersion.V0_9);
    exportLines();
    kafka().tools().deleteTopic(topic);
    kafka().tools().createTopic(topic, 2);
    List<TestRecord> most =
        new ArrayList<>(lines("a", 1, 300).stream().map(a -> TestRecord.of(null, a)).toList());
    lines("b", 0, 200).forEach(b -> most.add(TestRecord.of(null, b)));
    kafka().tools().send(partition(0), most.toArray(TestRecord[]::new));
    InProcess.Result result = verify();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("1 records are missing", "a.txt, record 1");
  }

  @Test
  void anotherOrderIsSeen() throws Exception {
    sendInAnotherOrder();
    InProcess.Result result = verify();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("out of order");
  }

  @Test
  void anOrderThatRepetitionsExplainIsNoFault() throws Exception {
    sendInAnotherOrder();
    Path receipt = new Path(folder, "state/lines/receipt.json");
    ObjectNode json;
    try (InputStream in = files.open(receipt)) {
      json = (ObjectNode) new ObjectMapper().readTree(in);
    }
    json.put("maybeRepeated", 3).remove("checksum");
    try (OutputStream out = files.create(receipt, true)) {
      out.write(Json.seal(json.toString()));
    }
    JsonNode deep = deep();
    assertThat(deep.get("findings").toString()).doesNotContain("out of order");
    assertThat(deep.get("remarks").toString()).contains("out of order");
  }

  /** What was exported, with two records that have changed places. */
  private void sendInAnotherOrder() throws Exception {
    use(KafkaVersion.V0_9);
    exportLines();
    kafka().tools().deleteTopic(topic);
    kafka().tools().createTopic(topic, 2);
    List<String> all = new ArrayList<>(lines("a", 0, 300));
    all.addAll(lines("b", 0, 200));
    java.util.Collections.swap(all, 100, 101);
    kafka()
        .tools()
        .send(
            partition(0), all.stream().map(a -> TestRecord.of(null, a)).toArray(TestRecord[]::new));
  }

  @Test
  void withoutTheFilesTheDigestTells() throws Exception {
    use(KafkaVersion.V4_4);
    exportLines("--maps", "2");
    files.delete(new Path(input, "a.txt"), false);
    JsonNode good = deep();
    assertThat(good.get("checked").asText()).contains("digest", "a.txt is gone");
    assertThat(good.get("missing").asLong()).isZero();
    assertThat(good.get("findings")).isEmpty();

    kafka().tools().send(partition(0), TestRecord.of(null, "x"));
    JsonNode more = deep();
    assertThat(more.get("findings")).isEmpty();
    assertThat(more.get("remarks").toString()).contains("1 records more", "nobody can tell");
    assertThat(more.get("foreign").asLong()).isEqualTo(-1);
  }

  @Test
  void eachRoundIsHeldAgainstItsOwnReceipt() throws Exception {
    use(KafkaVersion.V4_4);
    exportLines();
    exportLines("--again");
    InProcess.Result result = verify();
    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out()).containsPattern("(?s)lines +\\S+ +500 +500 .*lines +\\S+ +500 +500 ");
  }
}
