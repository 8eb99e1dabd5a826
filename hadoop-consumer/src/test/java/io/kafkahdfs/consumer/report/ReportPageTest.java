package io.kafkahdfs.consumer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkahdfs.consumer.commit.Commit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  private static String page(String output, List<Commit> commits) {
    return ReportPage.of(output, commits, Commits.START, null);
  }

  private static JsonNode data(String page) throws Exception {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void textFromOutsideStaysText() throws Exception {
    String output = "/a</script><script>alert('1')</script><!-- \u2028 ünï \\ /*STYLE*/ $1";
    String page = page(output, SampleLoads.eventful());
    assertThat(page).containsOnlyOnce("</html>").doesNotContain("<script>alert");
    assertThat(page.split("</script>", -1)).hasSize(4);
    JsonNode data = data(page);
    assertThat(data.get("output").asText()).isEqualTo(output);
    assertThat(data.get("changes").toString()).contains("</script><script>alert(1)</script>");
  }

  @Test
  void nothingInItNamesAnotherFile() {
    assertThat(page("/landing", List.of()))
        .contains("Chart.js v")
        .contains("MIT License")
        .contains("default-src 'none'")
        .doesNotContain("sourceMappingURL")
        .doesNotContain("/*CHARTS*/")
        .doesNotContain(" src=")
        .doesNotContain("@import");
  }

  @Test
  void staysSmall() {
    String page = page("/landing", SampleLoads.large(100, 10, 100));
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(4 << 20);
  }
}
