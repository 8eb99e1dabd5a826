package io.kafkahdfs.format.text;

import io.kafkahdfs.format.io.PackedFile;
import io.kafkahdfs.format.lines.LineJoin;
import io.kafkahdfs.format.lines.LinesReader;
import io.kafkahdfs.format.lines.TextFiles;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.FileJoin;
import io.kafkahdfs.format.spi.Format;
import io.kafkahdfs.format.spi.FormatOption;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** The values as lines. */
public final class TextFormat implements Format {
  @Override
  public List<Codec> codecs() {
    return PackedFile.CODECS;
  }

  @Override
  public String extension(Codec codec) {
    return ".txt" + codec.suffix();
  }

  @Override
  public String written() {
    return "values as lines; a null value is an empty line";
  }

  @Override
  public String read() {
    return "a line is a value";
  }

  @Override
  public boolean keepsOrigin() {
    return false;
  }

  /** A value with line breaks in it may have been allowed to become several lines. */
  @Override
  public boolean keepsCount() {
    return false;
  }

  @Override
  public Set<FormatOption> options() {
    return Set.of(FormatOption.NEWLINES, FormatOption.KEY_SEPARATOR, FormatOption.ANY_BYTES);
  }

  @Override
  public long lagBytes(Configuration configuration) {
    return PackedFile.LAG_BYTES;
  }

  @Override
  public RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException {
    return new TextEncoder(PackedFile.create(file, options.codec()), options.newlines());
  }

  @Override
  public FormatReader reader(ReadOptions options, Configuration configuration) {
    return new LinesReader(
        new TextFiles(!options.anyBytes(), configuration),
        lines -> new TextDecoder(lines, options.keySeparator(), options.lines()));
  }

  @Override
  public FileJoin join() {
    return new LineJoin();
  }
}
