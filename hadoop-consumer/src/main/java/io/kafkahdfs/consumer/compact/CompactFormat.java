package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How merged files are written.
 *
 * @param wanted how they are compressed; empty for as the format does
 * @param origin whether files tell which partition each record is of
 */
record CompactFormat(FileFormat format, Optional<Codec> wanted, boolean origin) {
  /**
   * @throws InvalidSettingException if the format cannot be compressed so
   */
  static CompactFormat of(FileFormat format, Optional<Codec> wanted, LoadIdentity load)
      throws InvalidSettingException {
    if (wanted.isPresent()) {
      try {
        format.check(wanted.get());
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(e.getMessage() + " (--codec).");
      }
    }
    return new CompactFormat(format, wanted, format.format().keepsOrigin() && load.keepsOrigin());
  }

  void check(FilePer per) throws InvalidSettingException {
    if (per == FilePer.TOPIC && !origin) {
      throw new InvalidSettingException(
          "--file-per topic needs files that tell which partition a record is of, and those of this"
              + " output, of format "
              + format
              + ", do not. Leave it out.");
    }
  }

  /** Where the names of files tell how they are compressed, as the first ones are. */
  Codec codec(List<CompactPlan.Group> groups) {
    if (wanted.isPresent() || groups.isEmpty()) {
      return wanted.orElse(format.format().codecs().get(0));
    }
    String name = groups.get(0).inputs().get(0).file().path();
    return format.format().codecs().stream()
        .filter(codec -> name.endsWith(format.format().extension(codec)))
        .max(Comparator.comparingInt(codec -> format.format().extension(codec).length()))
        .orElse(format.format().codecs().get(0));
  }
}
