package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.commit.Standing;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.state.StoredValue;
import java.util.List;

/**
 * Which files are merged.
 *
 * @param number the number of the commit that is to be made
 * @param format the files' format, by name
 * @param groups each becomes one file
 */
public record CompactPlan(long number, String format, List<Group> groups) {
  /** Of an output without a commit. */
  static final CompactPlan NOTHING = new CompactPlan(1, FileFormat.AVRO.id(), List.of());

  public CompactPlan {
    groups = List.copyOf(groups);
    FileFormat.named(format);
  }

  /** How many records there are in all of the files. */
  public long records() {
    return groups.stream()
        .flatMap(group -> group.inputs().stream())
        .mapToLong(each -> each.file().records())
        .sum();
  }

  /**
   * Files of one folder and with the same columns, in the order in which their records follow on
   * each other.
   *
   * @param partition whether all are of one partition, and their names tell that
   * @param codec how the merged file is compressed
   */
  public record Group(
      String folder, String topic, boolean partition, Codec codec, List<Input> inputs) {
    public Group {
      inputs = List.copyOf(inputs);
      if (inputs.size() < 2) {
        throw new IllegalArgumentException("in " + folder + " there is nothing to merge");
      }
      StoredValue.distinct(folder, inputs, input -> input.file().path());
    }

    /** The bytes of all of its files. */
    public long bytes() {
      return inputs.stream().mapToLong(input -> input.file().bytes()).sum();
    }
  }

  /**
   * @param commit the number of the one that has landed the file
   */
  public record Input(long commit, LandedFile file) {
    Standing.Held held() {
      return new Standing.Held(commit, file);
    }
  }
}
