package io.kafkahdfs.producer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.producer.config.Guarantee;
import io.kafkahdfs.producer.plan.ExportIdentity;
import io.kafkahdfs.producer.plan.ExportPlan;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.plan.TargetNote;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.state.MalformedJsonException;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final InputFile ONE = new InputFile("/in/1", 100, 5);
  private static final InputFile TWO = new InputFile("/in/2", 10, 6);
  private static final TargetNote TARGET =
      new TargetNote("cluster", List.of(new TargetNote.Topic("t", "id", List.of(3L, 4L))));

  private static final ExportPlan PLAN =
      new ExportPlan(
          "nightly",
          "etl",
          "edge",
          "2026-03-01T00:00:00Z",
          List.of("one:9092"),
          new ExportIdentity(List.of("/in"), new TreeMap<>()),
          Guarantee.EXACTLY_ONCE,
          List.of("t"),
          List.of(
              new PlannedSplit(0, List.of(new FilePart(ONE, 0, 60))),
              new PlannedSplit(1, List.of(new FilePart(ONE, 60, 40), new FilePart(TWO, 0, 10)))),
          "sender",
          TARGET,
          List.of("/in/open"),
          "round");

  private static SplitReport report(
      int split, List<SplitReport.File> files, List<SplitReport.Partition> partitions) {
    return new SplitReport(
        split,
        "f" + split,
        "attempt",
        files,
        partitions,
        partitions.stream().mapToLong(SplitReport.Partition::records).sum(),
        split);
  }

  private static SplitReport.Partition sent(int partition, long records, String sum) {
    return new SplitReport.Partition("t", partition, records, sum, "000000000000000c");
  }

  private static final Receipt RECEIPT =
      Receipt.of(
          PLAN,
          List.of(
              report(
                  1,
                  List.of(
                      new SplitReport.File("/in/1", 60, 4, 2, 1, 1),
                      new SplitReport.File("/in/2", 0, 1, 1, 0, 0)),
                  List.of(sent(0, 2, "00000000000000ff"), sent(1, 1, "0000000000000001"))),
              report(
                  0,
                  List.of(new SplitReport.File("/in/1", 0, 6, 5, 1, 0)),
                  List.of(sent(0, 5, "0000000000000001")))),
          "2026-03-01T00:10:00Z");

  @Test
  void partsOfAFileAreSummedUp() {
    assertThat(RECEIPT.files())
        .containsExactly(
            new SplitReport.File("/in/1", 0, 10, 7, 2, 1),
            new SplitReport.File("/in/2", 0, 1, 1, 0, 0));
    assertThat(RECEIPT.inputs()).containsExactly(ONE, TWO);
  }

  @Test
  void partitionsOfSeveralSplitsAreSummedUpAndHaveNoOrder() {
    assertThat(RECEIPT.partitions())
        .containsExactly(
            new SplitReport.Partition("t", 0, 7, "0000000000000100", null),
            sent(1, 1, "0000000000000001"));
    assertThat(RECEIPT.records()).isEqualTo(8);
    assertThat(RECEIPT.maybeRepeated()).isEqualTo(1);
  }

  @Test
  void aSumThatOneSplitDoesNotKnowIsKnownOfNone() {
    Receipt receipt =
        Receipt.of(
            PLAN,
            List.of(
                report(0, List.of(), List.of(sent(0, 5, null))),
                report(1, List.of(), List.of(sent(0, 2, "00000000000000ff")))),
            "2026-03-01T00:10:00Z");
    assertThat(receipt.partitions())
        .containsExactly(new SplitReport.Partition("t", 0, 7, null, null));
  }

  @Test
  void itSaysWhatWasPlanned() {
    assertThat(RECEIPT.export()).isEqualTo("nightly");
    assertThat(RECEIPT.started()).isEqualTo(PLAN.started());
    assertThat(RECEIPT.ended()).isEqualTo("2026-03-01T00:10:00Z");
    assertThat(RECEIPT.guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
    assertThat(RECEIPT.target()).isEqualTo(TARGET);
    assertThat(RECEIPT.leftOpen()).containsExactly("/in/open");
  }

  @Test
  void itIsReadAsItWasStoredAlsoByEarlierVersions() throws IOException {
    assertThat(Json.readSealed(Json.writeSealed(RECEIPT), Receipt.class)).isEqualTo(RECEIPT);

    ObjectNode tree = (ObjectNode) MAPPER.readTree(Json.write(RECEIPT));
    tree.remove(List.of("target", "leftOpen", "round"));
    Receipt earlier = Json.read(MAPPER.writeValueAsBytes(tree), Receipt.class);
    assertThat(earlier.target()).isNull();
    assertThat(earlier.leftOpen()).isEmpty();
    assertThat(earlier.round()).isNull();
    assertThat(earlier.files()).isEqualTo(RECEIPT.files());
    tree.remove("files");
    assertThatThrownBy(() -> Json.read(MAPPER.writeValueAsBytes(tree), Receipt.class))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("files");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(RECEIPT.files(), -1))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(RECEIPT.files().get(0), RECEIPT.files().get(0)), 8))
        .withMessageContaining("/in/1 twice");
  }

  private static Receipt with(List<SplitReport.File> files, long records) {
    return new Receipt(
        RECEIPT.export(),
        RECEIPT.user(),
        RECEIPT.host(),
        RECEIPT.started(),
        RECEIPT.ended(),
        RECEIPT.bootstrapServers(),
        RECEIPT.identity(),
        RECEIPT.guarantee(),
        RECEIPT.inputs(),
        files,
        RECEIPT.partitions(),
        records,
        0,
        null,
        null,
        null);
  }
}
