package io.kafkahdfs.consumer.plan;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.SettingFile;
import io.kafkahdfs.failure.Quoted;
import io.kafkahdfs.offset.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file of {@code --start offsets:FILE} and {@code --end offsets:FILE}. */
final class OffsetsFile {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z0-9._-]{1,249}):(\\d{1,9}):(\\d{1,18})");

  private OffsetsFile() {}

  /**
   * @param option that names the file, for messages
   * @return offsets by partition; lines that are empty or begin with # are passed over
   * @throws InvalidSettingException if the file cannot be read, with the line if one is wrong
   */
  static Map<PartitionId, Long> read(String file, String option) throws InvalidSettingException {
    List<String> lines = SettingFile.read(file, option + " offsets:FILE").lines().toList();
    Map<PartitionId, Long> offsets = new TreeMap<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new InvalidSettingException(
            "Line "
                + number
                + " of "
                + file
                + " is "
                + Quoted.text(line)
                + ", not TOPIC:PARTITION:OFFSET.");
      }
      PartitionId partition = new PartitionId(parts.group(1), Integer.parseInt(parts.group(2)));
      if (offsets.put(partition, Long.parseLong(parts.group(3))) != null) {
        throw new InvalidSettingException(
            "Line " + number + " of " + file + " names " + partition + " a second time.");
      }
    }
    return offsets;
  }
}
