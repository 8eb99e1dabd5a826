package io.kafkahdfs.consumer.report;

import io.kafkahdfs.client.PartitionSnapshot;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A load's report as a page: one file of HTML that brings its data, its style and its charts along
 * and asks no network for anything.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page's text, to be stored as UTF-8; at most a few MB, however many the commits and the
   * partitions are.
   *
   * @param output the output root, as people know it
   * @param commits all of the load, in order; gone through twice, so they need not be in memory
   * @param made the time of the report
   * @param now the loaded partitions in Kafka; null if Kafka was not asked, then the lag and what
   *     is undecided are as the last run saw them
   */
  public static String of(
      String output,
      Iterable<Commit> commits,
      Instant made,
      Map<PartitionId, PartitionSnapshot> now) {
    return of(ReportAssembly.of(output, commits, made, now, Limits.PAGE));
  }

  static String of(ReportData data) {
    return resource("report.html")
        .replace("/*STYLE*/", resource("report.css"))
        .replace("/*CHARTS*/", charts())
        .replace("/*SCRIPT*/", resource("report.js"))
        .replace("/*DATA*/", json(data));
  }

  /** Names in the data must not end the script element that the data stand in. */
  private static String json(ReportData data) {
    return Json.writeLine(data).replace("<", "\\u003c");
  }

  /**
   * Chart.js, which the build takes out of its jar, without the name of a file that is not there.
   */
  private static String charts() {
    return resource("chart.umd.min.js").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar: build it with Maven");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
