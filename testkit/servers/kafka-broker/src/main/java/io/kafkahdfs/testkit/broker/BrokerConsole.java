package io.kafkahdfs.testkit.broker;

import io.kafkahdfs.testkit.kafka.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers what tests want of a broker that no request does:
 *
 * <ul>
 *   <li>{@code segments TOPIC PARTITION}: the segments as {@code FIRST_OFFSET=BYTES}, in order
 *   <li>{@code compacted TOPIC PARTITION}: whether all but the last segment are compacted
 *   <li>{@code retention}: removes now what may be removed
 *   <li>others go to {@link Broker#administer}
 * </ul>
 */
final class BrokerConsole implements ServerProcess.Console {
  private static final String SEGMENT = ".log";

  private final Broker broker;
  private final File folder;

  BrokerConsole(Broker broker, File folder) {
    this.broker = broker;
    this.folder = folder;
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ");
    return switch (words[0]) {
      case "segments" ->
          segments(words[1], words[2]).entrySet().stream()
              .map(segment -> segment.getKey() + "=" + segment.getValue())
              .collect(Collectors.joining(" "));
      case "compacted" -> String.valueOf(compacted(words[1], words[2]));
      case "retention" -> {
        broker.applyRetention();
        yield "done";
      }
      default -> broker.administer(words);
    };
  }

  private TreeMap<Long, Long> segments(String topic, String partition) throws IOException {
    TreeMap<Long, Long> segments = new TreeMap<>();
    File[] files =
        new File(folder, topic + "-" + partition).listFiles((f, name) -> name.endsWith(SEGMENT));
    if (files == null) {
      throw new IOException("This broker does not keep " + topic + "-" + partition);
    }
    for (File file : files) {
      String name = file.getName();
      segments.put(
          Long.parseLong(name.substring(0, name.length() - SEGMENT.length())), file.length());
    }
    return segments;
  }

  /**
   * The cleaner notes how far it came, in a file, when it is done with a partition. Kafka's own
   * class for that file is not to be used: in 0.9 it begins with deleting what the cleaner is just
   * writing.
   */
  private boolean compacted(String topic, String partition) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(folder.toPath().resolve("cleaner-offset-checkpoint"));
    } catch (NoSuchFileException e) {
      return false;
    }
    String prefix = topic + " " + partition + " ";
    long active = segments(topic, partition).lastKey();
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
        .anyMatch(cleaned -> cleaned >= active);
  }
}
