package io.kafkahdfs.producer.decode;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.AvroValues;
import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.config.InputFormatName;
import java.util.Optional;

/**
 * How files are read.
 *
 * @param keySeparator what stands between key and value in a line of text
 * @param timestampsSent whether records are sent with their timestamps: those that cannot be sent
 *     make a record bad then
 */
public record DecodeSettings(
    InputFormatName format,
    AvroValues avroValues,
    Optional<String> keySeparator,
    boolean timestampsSent) {
  public static DecodeSettings of(Settings settings, boolean timestampsSent) {
    return new DecodeSettings(
        settings.get(ExportSettings.FORMAT),
        settings.get(ExportSettings.AVRO_AS),
        settings.find(ExportSettings.KEY_SEPARATOR),
        timestampsSent);
  }
}
