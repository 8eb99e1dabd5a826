package io.kafkahdfs.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes down at a JVM's end what it has cost, whatever it ran: a Java agent, since the programs
 * that are measured shall be those that users run. Its argument is the file to write.
 */
public final class CostAgent {
  private static final Path STATUS = Path.of("/proc/self/status");

  private CostAgent() {}

  /** Called by the JVM before it runs its main class. */
  public static void premain(String file) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(system, Path.of(file))));
  }

  /** CPU nanoseconds of all threads, those of the JVM too, and the most memory it took, in KB. */
  private static void write(OperatingSystemMXBean system, Path file) {
    try {
      Files.write(
          file, List.of(String.valueOf(system.getProcessCpuTime()), String.valueOf(peakMemory())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that this process held at a time; 0 where the system does not tell. */
  private static long peakMemory() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findAny()
        .orElse(0);
  }
}
