package io.kafkahdfs.producer.decode;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.producer.config.AvroValues;
import io.kafkahdfs.producer.config.EscapedLines;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputFormatName;
import java.util.Optional;

/**
 * How files are read.
 *
 * @param keySeparator what stands between key and value in a line of text
 * @param lines what is done about backslashes in a line of text
 * @param anyBytes whether text may look like something else
 * @param checkedFirst whether a file is looked over before its first record is read, where that
 *     takes much less than reading all: so that nothing is sent of a damaged file
 * @param timestampsSent whether records are sent with their timestamps: those that cannot be sent
 *     make a record bad then
 */
public record DecodeSettings(
    InputFormatName format,
    AvroValues avroValues,
    Optional<String> keySeparator,
    EscapedLines lines,
    boolean anyBytes,
    boolean checkedFirst,
    boolean timestampsSent) {
  public static DecodeSettings of(Settings settings, boolean timestampsSent) {
    return new DecodeSettings(
        settings.get(ExportSettings.FORMAT),
        settings.get(ExportSettings.AVRO_AS),
        settings.find(ExportSettings.KEY_SEPARATOR),
        settings.get(ExportSettings.NEWLINES),
        settings.get(ExportSettings.ANY_BYTES),
        settings.get(ExportSettings.ON_BAD) == Tolerance.FAIL,
        timestampsSent);
  }
}
