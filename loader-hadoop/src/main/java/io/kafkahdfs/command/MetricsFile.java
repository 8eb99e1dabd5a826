package io.kafkahdfs.command;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of {@code --metrics}, on this host: what Prometheus' node exporter collects of a run. It
 * is written whether the run succeeds or fails, whole or not at all.
 */
public final class MetricsFile {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
  private static final String ENDING = ".prom";

  /** Of a file that a run has written before. */
  private static final int MOST_BYTES = 64 << 20;

  private static final String LAST_SUCCESS = "last_success_timestamp_seconds";

  private final LocalFile file;
  private final Figures figures;

  private MetricsFile(LocalFile file, String program) {
    this.file = file;
    this.figures = new Figures(program, name(file.path()));
  }

  /**
   * @param setting names the file, if it is given
   * @param program how the names of its metrics begin
   * @throws InvalidSettingException if the file cannot be written after the run
   */
  public static Optional<MetricsFile> of(Settings settings, Setting<String> setting, String program)
      throws InvalidSettingException {
    Optional<LocalFile> file = LocalFile.of(settings, setting, "metrics");
    if (file.isPresent() && !file.get().path().toString().endsWith(ENDING)) {
      throw file.get().unusable("the node exporter reads only names that end in " + ENDING);
    }
    return file.map(named -> new MetricsFile(named, program));
  }

  /** What a run tells of itself. */
  public static final class Figures {
    private final String program;
    private final String name;
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

    private Figures(String program, String name) {
      this.program = program;
      this.name = name;
    }

    /**
     * Adds a value.
     *
     * @param metric its name, without the program's
     * @param labels names and values in turns
     */
    public void add(String metric, String help, double value, String... labels) {
      gauges
          .computeIfAbsent(
              metric, ignored -> GaugeSnapshot.builder().name(program + "_" + metric).help(help))
          .dataPoint(
              GaugeSnapshot.GaugeDataPointSnapshot.builder()
                  .labels(Labels.of("name", name).merge(Labels.of(labels)))
                  .value(value)
                  .build());
    }

    private String text() throws IOException {
      MetricSnapshots.Builder all = MetricSnapshots.builder();
      gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create()
          .write(out, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  /** A run that tells figures. */
  public interface Run {
    ExitCode run(Figures figures) throws IOException, InterruptedException;
  }

  /**
   * Runs, and writes the file, if there is one.
   *
   * @param metrics empty if no file is wanted
   */
  public static ExitCode around(Optional<MetricsFile> metrics, Run run)
      throws IOException, InterruptedException {
    if (metrics.isEmpty()) {
      return run.run(new Figures("", ""));
    }
    MetricsFile file = metrics.get();
    Instant started = Instant.now();
    ExitCode code = ExitCode.FAILURE;
    try {
      code = run.run(file.figures);
      return code;
    } catch (LoaderException e) {
      code = e.exitCode();
      throw e;
    } catch (IOException e) {
      code = ExitCode.HDFS_UNUSABLE;
      throw e;
    } finally {
      file.write(code, started);
    }
  }

  private void write(ExitCode code, Instant started) {
    Instant now = Instant.now();
    figures.add("last_run_exit_code", "Exit code of the last run", code.code());
    figures.add(
        "last_run_timestamp_seconds", "When the last run ended, Unix time", now.getEpochSecond());
    figures.add(
        "last_run_duration_seconds",
        "How long the last run took",
        Duration.between(started, now).toMillis() / 1000.0);
    Optional<Double> success =
        code == ExitCode.DONE ? Optional.of((double) now.getEpochSecond()) : earlierSuccess();
    success.ifPresent(
        time -> figures.add(LAST_SUCCESS, "When the last good run ended, Unix time", time));
    try {
      file.write(figures.text());
    } catch (IOException e) {
      LOG.warn(e.getMessage());
    }
  }

  /** The time of the last good run, as the file says that is there. */
  private Optional<Double> earlierSuccess() {
    String metric = figures.program + "_" + LAST_SUCCESS;
    try (InputStream in = Files.newInputStream(file.path())) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(metric))
          .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}
