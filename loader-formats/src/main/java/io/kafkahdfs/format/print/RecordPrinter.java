package io.kafkahdfs.format.print;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.ExitCode;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.format.spi.RecordEncoder;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Prints records for people, or as lines of JSON. */
public interface RecordPrinter extends Closeable {
  void print(KafkaRecord record) throws IOException;

  /**
   * @param json whether programs are to read it
   * @param bad whether people are to see the reasons of records that were put aside
   * @param template what to print of each record instead, see {@link RecordTemplate}
   * @param out stays open
   * @throws InvalidSettingException if there is no such template, or one too much
   */
  static RecordPrinter of(boolean json, boolean bad, Optional<String> template, PrintStream out)
      throws IOException {
    if (template.isEmpty()) {
      return json ? new Lines(out) : new Text(bad, out);
    }
    if (json) {
      throw new InvalidSettingException(
          "--json and --record-format (-f) both say how records are printed. Leave one out.");
    }
    try {
      return new Templated(RecordTemplate.parse(template.get()), out);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "Wrong --record-format " + Quoted.text(template.get()) + ": " + e.getMessage() + ".");
    }
  }

  /** After a template. */
  record Templated(RecordTemplate template, PrintStream out) implements RecordPrinter {
    @Override
    public void print(KafkaRecord record) {
      template.print(record, out);
    }

    @Override
    public void close() throws IOException {
      check(out);
    }
  }

  /** Place, time, key and value, and of bad ones the reason, with tabs between them. */
  record Text(boolean bad, PrintStream out) implements RecordPrinter {
    @Override
    public void print(KafkaRecord record) {
      String place = record.partition() == null ? "" : record + "\t" + time(record) + "\t";
      String reason = bad ? "\t" + reason(record) : "";
      out.println(place + text(record.key()) + "\t" + text(record.value()) + reason);
    }

    private static String reason(KafkaRecord record) {
      ByteView reason = new ByteView();
      ByteView offsets = new ByteView();
      for (RecordHeader header : record.headers()) {
        // The last ones are ours, whatever the record came with.
        switch (header.key()) {
          case Quarantine.REASON -> reason.set(header.value());
          case Quarantine.OFFSETS -> offsets.set(header.value());
          default -> {
            // Its own.
          }
        }
      }
      return (offsets.isNull() ? "" : "offsets " + text(offsets) + ": ") + text(reason);
    }

    private static String time(KafkaRecord record) {
      return record.timestamp() == KafkaRecord.NO_TIMESTAMP
          ? "-"
          : Instant.ofEpochMilli(record.timestamp()).toString();
    }

    /** On one line, and without what would move a terminal's cursor. */
    private static String text(ByteView bytes) {
      StringBuilder text = new StringBuilder();
      bytes
          .toString()
          .codePoints()
          .forEach(
              c -> {
                if (Character.isISOControl(c)) {
                  text.append("\\u%04x".formatted(c));
                } else {
                  text.appendCodePoint(c);
                }
              });
      return text.toString();
    }

    @Override
    public void close() throws IOException {
      check(out);
    }
  }

  /** A print stream keeps failures to itself. */
  private static void check(PrintStream out) throws IOException {
    if (out.checkError()) {
      throw new LoaderException(
          ExitCode.FAILURE, "Not all records could be printed: the output cannot be written.");
    }
  }

  /**
   * As files of the format JSON have them; of a record that came from elsewhere without a place.
   */
  final class Lines implements RecordPrinter {
    private final RecordEncoder encoder;

    Lines(PrintStream out) throws IOException {
      encoder =
          EncodeSettings.of(FileFormat.JSON)
              .create(new Standard(out), new Provenance("", OptionalInt.empty()));
    }

    @Override
    public void print(KafkaRecord record) throws IOException {
      encoder.write(record);
    }

    @Override
    public void close() throws IOException {
      encoder.close();
    }
  }

  /** What is printed, as if it were a file. */
  record Standard(PrintStream out) implements NewFile {
    @Override
    public OutputStream stream() {
      return new FilterOutputStream(out) {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          Standard.this.out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
          check(Standard.this.out);
        }
      };
    }

    @Override
    public Path path() {
      throw new UnsupportedOperationException("It is no file");
    }

    @Override
    public Configuration configuration() {
      return new Configuration();
    }
  }
}
