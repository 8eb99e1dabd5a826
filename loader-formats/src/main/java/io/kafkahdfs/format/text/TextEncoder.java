package io.kafkahdfs.format.text;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.io.PackedFile;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.text.LineScan;
import java.io.IOException;

/**
 * The values as lines, each ended by a line feed; keys, headers and timestamps are left out. A null
 * value is an empty line, as an empty value is. Bytes are written as they are, whatever their
 * encoding; Hadoop's line reader passes over a UTF-8 byte order mark at the start of a file.
 */
final class TextEncoder implements RecordEncoder {
  private final PackedFile file;
  private final FileBuffer lines;
  private final NewlinePolicy newlines;

  TextEncoder(PackedFile file, NewlinePolicy newlines) {
    this.file = file;
    this.lines = file.content();
    this.newlines = newlines;
  }

  @Override
  public void write(KafkaRecord record) throws IOException {
    ByteView value = record.value();
    byte[] bytes = value.array();
    int from = value.offset();
    int until = from + value.length();
    switch (newlines) {
      case FAIL -> {
        int found = LineScan.lineBreak(bytes, from, until);
        if (found >= 0) {
          throw lineBreakIn(record, bytes[found], found - from);
        }
        lines.write(bytes, from, until - from);
      }
      case ESCAPE -> writeEscaped(bytes, from, until);
      case KEEP -> lines.write(bytes, from, until - from);
    }
    lines.write('\n');
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void writeEscaped(byte[] bytes, int from, int until) throws IOException {
    int start = from;
    int at = LineScan.lineBreakOrBackslash(bytes, start, until);
    while (at >= 0) {
      lines.write(bytes, start, at - start);
      lines.write('\\');
      lines.write(
          switch (bytes[at]) {
            case '\n' -> 'n';
            case '\r' -> 'r';
            default -> '\\';
          });
      start = at + 1;
      at = LineScan.lineBreakOrBackslash(bytes, start, until);
    }
    lines.write(bytes, start, until - start);
  }

  private static UnwritableRecordException lineBreakIn(KafkaRecord record, byte found, int at) {
    return new UnwritableRecordException(
        record,
        "has a "
            + (found == '\n' ? "line feed" : "carriage return")
            + " at byte "
            + at
            + " of its value, so it would be more than one line of text",
        "Use --newlines escape to write \\n and \\r for line breaks (and \\\\ for \\), or --newlines"
            + " keep to write them as they are, or another --format.");
  }
}
