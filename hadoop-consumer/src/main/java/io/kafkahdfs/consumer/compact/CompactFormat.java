package io.kafkahdfs.consumer.compact;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.write.FilePer;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import java.util.Comparator;
import java.util.Optional;

/**
 * How merged files are written.
 *
 * @param wanted how they are compressed; empty for as the format does
 * @param origin whether files tell which partition each record is of
 */
record CompactFormat(FileFormat format, Optional<Codec> wanted, boolean origin) {
  /**
   * @param origin whether files tell that, if the format can
   * @throws InvalidSettingException if the format cannot be compressed so
   */
  static CompactFormat of(FileFormat format, Optional<Codec> wanted, boolean origin)
      throws InvalidSettingException {
    if (wanted.isPresent()) {
      try {
        format.check(wanted.get());
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(e.getMessage() + " (--codec).");
      }
    }
    return new CompactFormat(format, wanted, origin && format.format().keepsOrigin());
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

  /** How what is merged from a file is compressed: as its name tells it of the file, if it does. */
  Codec codec(LandedFile file) {
    return wanted.orElseGet(
        () ->
            format.format().codecs().stream()
                .filter(codec -> file.path().endsWith(format.format().extension(codec)))
                .max(Comparator.comparingInt(codec -> format.format().extension(codec).length()))
                .orElse(format.format().codecs().get(0)));
  }
}
