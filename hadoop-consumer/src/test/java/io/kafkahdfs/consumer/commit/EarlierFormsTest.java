package io.kafkahdfs.consumer.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkahdfs.client.RecordFingerprint;
import io.kafkahdfs.consumer.plan.FingerprintCheck;
import io.kafkahdfs.consumer.plan.OffsetPlan;
import io.kafkahdfs.consumer.write.RangeOutcome;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.OffsetTally;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What versions wrote that kept no fingerprints is read on. */
class EarlierFormsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static <T> T without(String field, Object value, Class<T> type) throws IOException {
    JsonNode tree = MAPPER.readTree(Json.write(value));
    assertThat(tree.has(field)).isTrue();
    ((ObjectNode) tree).remove(field);
    return Json.read(MAPPER.writeValueAsBytes(tree), type);
  }

  @Test
  void aNextOffset() throws IOException {
    Commit.Next next =
        new Commit.Next("t", 0, 10, 10L, 3.5, new RecordFingerprint(9, "00c0ffee", 7, 3));

    assertThat(Json.read(Json.write(next), Commit.Next.class)).isEqualTo(next);
    assertThat(without("fingerprint", next, Commit.Next.class))
        .isEqualTo(new Commit.Next("t", 0, 10, 10L, 3.5, null));
  }

  @Test
  void whatATaskPromised() throws IOException {
    OffsetRange range = new OffsetRange(new PartitionId("t", 0), 3, 5);
    RangeOutcome outcome =
        new RangeOutcome(
            range,
            5,
            new OffsetTally(2, 0, 0, 0, 0),
            2,
            20,
            new RecordFingerprint(4, "00c0ffee", -1, -1));

    assertThat(Json.read(Json.write(outcome), RangeOutcome.class)).isEqualTo(outcome);
    assertThat(Json.writeLine(outcome).replace('"', '\''))
        .startsWith(
            "{'range':{'partition':{'topic':'t','partition':0},'from':3,'until':5},'end':5,"
                + "'written':2,'filtered':0,'bad':0,'invisible':0,'lost':0,'records':2,'bytes':20,"
                + "'last':{");
    assertThat(without("last", outcome, RangeOutcome.class).last()).isNull();
  }

  @Test
  void aPlan() throws IOException {
    OffsetPlan plan =
        new OffsetPlan(List.of(), List.of(), FingerprintCheck.Result.NONE, false, List.of());

    assertThat(without("check", plan, OffsetPlan.class)).isEqualTo(plan);
  }
}
