package io.kafkahdfs.consumer.report;

import static io.kafkahdfs.consumer.report.Commits.Range.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.console.Amounts;
import io.kafkahdfs.consumer.commit.Commit;
import io.kafkahdfs.consumer.report.ReportData.Hours;
import io.kafkahdfs.consumer.report.ReportData.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see of a report, in a real browser. */
@DisabledIfSystemProperty(
    named = "browser.tests",
    matches = "no",
    disabledReason = "left out with -Dbrowser.tests=no")
class ReportPageIT {
  private static final String OUTPUT = "hdfs://namenode/a</script><script>alert(1)</script>&amp;";
  private static final Instant MADE = Commits.START.plus(Duration.ofHours(50));
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String NONE = "\u2013";

  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;

  private static Browser browser;

  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    browser = new Browser();
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static ReportData data(List<Commit> commits) {
    return ReportAssembly.of(OUTPUT, commits, MADE, null, Limits.PAGE);
  }

  /** Opens the page of some commits and unfolds all of it. */
  private static Path open(ReportData data, int width, boolean dark) throws IOException {
    Path page = Files.createTempFile(folder, "report", ".html");
    Files.writeString(page, ReportPage.of(data));
    browser.open(page, width, dark);
    unfold();
    return page;
  }

  /** What opens brings more that can be opened, and the browser tells the page so bit by bit. */
  private static void unfold() {
    browser.run(
        """
        for (;;) {
          const folded = [...document.querySelectorAll('details')].filter(d => d.children.length < 2);
          if (!folded.length) return;
          for (const details of folded) {
            details.open = true;
            details.dispatchEvent(new Event('toggle'));
          }
        }
        """);
  }

  private static String text(String selector) {
    return (String)
        browser.run("return document.querySelector(arguments[0]).textContent", selector);
  }

  private static boolean there(String selector) {
    return (Boolean) browser.run("return !!document.querySelector(arguments[0])", selector);
  }

  @SuppressWarnings("unchecked")
  private static List<List<String>> table(String id) {
    return (List<List<String>>)
        browser.run(
            """
            return [...document.getElementById(arguments[0]).tBodies[0].rows]
                .map(row => [...row.cells].map(cell => cell.textContent));
            """,
            id);
  }

  /** How many points a chart has, if it shows them in colour; else 0. */
  private static long drawn(String id) {
    return (Long)
        browser.run(
            """
            const canvas = document.getElementById(arguments[0]);
            const chart = Chart.getChart(canvas);
            const pixels = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data;
            let coloured = 0;
            for (let i = 0; i < pixels.length; i += 4) {
              const [red, green, blue, alpha] = pixels.subarray(i, i + 4);
              if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) {
                coloured++;
              }
            }
            return coloured < 40 ? 0 : chart.data.datasets
                .reduce((sum, set, i) => sum + chart.getDatasetMeta(i).data.length, 0);
            """,
            id);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Long> kindsInTheMap() {
    return (Map<String, Long>)
        browser.run(
            """
            const kinds = {};
            for (const part of document.querySelectorAll('.map svg rect')) {
              const box = part.getBoundingClientRect();
              if (box.width >= 1 && box.height >= 1) {
                kinds[part.dataset.kind] = (kinds[part.dataset.kind] || 0) + 1;
              }
            }
            return kinds;
            """);
  }

  private static void checkQuiet(Path page) throws IOException {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(url -> url.equals(page.toUri().toString()) || url.startsWith("data:"));
    assertThat((List<?>) browser.run("return performance.getEntriesByType('resource')")).isEmpty();
  }

  private static void checkFits(int width) {
    assertThat((Long) browser.run("return window.innerWidth")).isEqualTo(width);
    assertThat((Long) browser.run("return document.scrollingElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  private static String count(long number) {
    return Amounts.count(number);
  }

  private static String second(long millis) {
    return SECOND.format(Instant.ofEpochMilli(millis));
  }

  @ParameterizedTest
  @CsvSource({DESKTOP + ",false", PHONE + ",false", PHONE + ",true"})
  void everythingIsDrawnAndFitsAndAsksNobody(int width, boolean dark) throws Exception {
    ReportData data = data(SampleLoads.eventful());
    Path page = open(data, width, dark);
    int runs = data.all().runs().size();
    Hours hours = data.all().hours();
    assertThat(drawn("throughput")).isEqualTo(runs);
    assertThat(drawn("duration")).isEqualTo(runs);
    assertThat(drawn("lags")).isEqualTo(2L * runs);
    assertThat(drawn("records"))
        .isEqualTo((long) hours.series().size() * hours.series().get(0).records().size());
    assertThat(drawn("size-classes")).isEqualTo(data.sizes().classes().size());

    Map<String, Long> kinds = kindsInTheMap();
    assertThat(kinds)
        .containsOnlyKeys(
            "written",
            "filtered",
            "quarantined",
            "bad",
            "invisible",
            "lost",
            "skipped",
            "later",
            "ROLLED_BACK",
            "AGAIN");
    List<Segment> segments =
        data.partitions().stream().flatMap(p -> p.segments().stream()).toList();
    assertThat(kinds.get("written"))
        .isEqualTo(segments.stream().filter(s -> s.tally().written() > 0).count());
    checkFits(width);
    checkQuiet(page);
  }

  @Test
  void tablesHoldTheNumbersOfTheCharts() throws Exception {
    ReportData data = data(SampleLoads.eventful());
    open(data, DESKTOP, false);
    assertThat(text("h1")).isEqualTo(OUTPUT);
    assertThat(text("#totals")).contains(count(data.totals().volume().records()));

    assertThat(column(table("runs-table"), 0, 1, 2, 4, 7))
        .isEqualTo(
            data.all().runs().stream()
                .map(
                    r ->
                        List.of(
                            count(r.first()),
                            second(r.started()),
                            second(r.committed()),
                            count(r.volume().records()),
                            count(r.volume().files())))
                .toList());
    assertThat(table("lag-table"))
        .isEqualTo(
            data.all().runs().stream()
                .map(
                    r ->
                        List.of(
                            count(r.first()),
                            second(r.committed()),
                            r.came() == null ? NONE : count(r.came()),
                            count(r.lag())))
                .toList());
    assertThat(table("records-table")).isEqualTo(hours(data.all().hours()));
    assertThat(column(table("topics-table"), 0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13))
        .isEqualTo(
            data.topics().stream()
                .map(
                    t ->
                        List.of(
                            t.name(),
                            count(t.partitions()),
                            count(t.volume().records()),
                            count(t.volume().files()),
                            count(t.smallFiles()),
                            count(t.tally().filtered()),
                            count(t.tally().invisible()),
                            count(t.quarantined()),
                            count(t.tally().bad() - t.quarantined()),
                            count(t.tally().lost()),
                            count(t.skipped()),
                            count(t.lag())))
                .toList());
    assertThat(column(table("sizes-table"), 1))
        .isEqualTo(data.sizes().classes().stream().map(c -> List.of(count(c.files()))).toList());
    assertThat(column(table("losses-table"), 0, 1, 2, 3, 4, 5, 6, 7))
        .isEqualTo(
            data.losses().stream()
                .map(
                    l ->
                        List.of(
                            count(l.commit()),
                            second(l.committed()),
                            l.topic(),
                            String.valueOf(l.partition()),
                            l.what(),
                            count(l.count()),
                            count(l.from()),
                            count(l.until())))
                .toList());
    assertThat(column(table("changes-table"), 0, 2, 7))
        .isEqualTo(
            data.changes().stream()
                .map(c -> List.of(count(c.commit()), c.user(), c.why()))
                .toList());
    for (int topic = 0; topic < data.topics().size(); topic++) {
      assertThat(column(table("offsets-table-" + topic), 0, 1, 2, 4, 5, 6, 7, 8, 9, 10))
          .isEqualTo(offsets(data, topic));
    }
  }

  private static List<List<String>> column(List<List<String>> table, int... columns) {
    List<List<String>> cut = new ArrayList<>();
    for (List<String> row : table) {
      List<String> cells = new ArrayList<>();
      for (int column : columns) {
        cells.add(row.get(column));
      }
      cut.add(cells);
    }
    return cut;
  }

  private static List<List<String>> hours(Hours hours) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < hours.series().get(0).records().size(); i++) {
      int at = i;
      long[] records = hours.series().stream().mapToLong(s -> s.records().get(at)).toArray();
      long all = LongStream.of(records).sum();
      if (all > 0) {
        List<String> row = new ArrayList<>();
        row.add(second(hours.from() + i * 3_600_000L).substring(0, 16));
        LongStream.of(records).forEach(n -> row.add(count(n)));
        row.add(count(all));
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<List<String>> offsets(ReportData data, int topic) {
    List<List<String>> rows = new ArrayList<>();
    for (Partition partition : data.partitions()) {
      if (partition.topic() != topic) {
        continue;
      }
      String number = String.valueOf(partition.partition());
      for (Segment s : partition.segments()) {
        rows.add(
            List.of(
                number,
                count(s.from()),
                count(s.until()),
                count(s.tally().written()),
                count(s.tally().filtered()),
                count(s.tally().invisible()),
                count(s.quarantined()),
                count(s.tally().bad() - s.quarantined()),
                count(s.tally().lost()),
                count(s.skipped())));
      }
      partition.marks().forEach(m -> rows.add(without(number, m.from(), m.until())));
      if (partition.end() > partition.offset()) {
        rows.add(without(number, partition.offset(), partition.end()));
      }
    }
    return rows;
  }

  private static List<String> without(String number, long from, long until) {
    return List.of(number, count(from), count(until), NONE, NONE, NONE, NONE, NONE, NONE, NONE);
  }

  @Test
  void followsFromDayToNight() throws Exception {
    open(data(SampleLoads.eventful()), DESKTOP, false);
    Object day = colours();
    browser.look(true);
    // The page is told before a frame is drawn.
    browser.run("return new Promise(done => requestAnimationFrame(done))");
    assertThat(colours()).isNotEqualTo(day);
    assertThat(drawn("throughput")).isPositive();
    assertThat(drawn("records")).isPositive();
    assertThat(browser.console()).isEmpty();
  }

  /** Of a chart's line and its axes. */
  private static Object colours() {
    return browser.run(
        """
        const options = Chart.getChart('throughput').config;
        return [options.data.datasets[0].borderColor, options.options.scales.x.grid.color];
        """);
  }

  @Test
  void aLargeLoadIsSummedUpAndSaysSo() throws Exception {
    List<Commit> commits = SampleLoads.large(500, 12, 2);
    ReportData data = data(commits);
    Path page = open(data, PHONE, false);
    assertThat(Files.size(page)).isLessThan(3 << 20);
    checkFits(PHONE);
    assertThat(text("#runs")).contains("A point is a commit.");
    assertThat(drawn("throughput")).isEqualTo(Limits.PAGE.points());
    assertThat(text("#offsets")).contains("Ranges of neighbouring commits were summed up");
    assertThat(there("#small-files")).isTrue();

    browser.run("document.getElementById('show-all').click()");
    unfold();
    assertThat(text("#runs")).contains("A point sums up 3 commits.");
    assertThat(drawn("throughput")).isEqualTo(data.all().runs().size());
    assertThat(table("runs-table")).hasSameSizeAs(data.all().runs());
    assertThat(table("runs-table").get(0)).startsWith("1" + NONE + "3");
    assertThat(text("#hours")).contains("5 other topics");
    checkFits(PHONE);
    checkQuiet(page);
  }

  @Test
  void whereNothingIsItSaysSo() throws Exception {
    Path page = open(data(List.of()), PHONE, false);
    assertThat(text("main")).contains("Nothing has been loaded yet");
    checkFits(PHONE);
    checkQuiet(page);

    page = open(data(new Commits().land(0, 3, of("events", 0, 100)).list()), PHONE, false);
    assertThat(text("#losses")).contains("No losses");
    assertThat(text("#changes")).contains("None");
    assertThat(drawn("throughput")).isEqualTo(1);
    assertThat(kindsInTheMap().keySet()).isEqualTo(Set.of("written"));
    checkFits(PHONE);
    checkQuiet(page);
  }

  @Test
  void neverHidesWhatItLeavesOut() throws Exception {
    ReportData data =
        ReportAssembly.of(
            OUTPUT, SampleLoads.eventful(), MADE, null, new Limits(240, 168, 7, 3, 100, 2));
    open(data, DESKTOP, false);
    assertThat(text("#partitions-left-out")).contains("Only 3 of 7 partitions");
    assertThat(text("#losses")).contains("Only the newest 2 of 4");
    assertThat(text("#changes")).contains("Only the newest 2 of 3");
    assertThat(there("[data-topic='rare']")).isFalse();
  }
}
