package io.kafkahdfs.format.json;

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

/** A JSON object a line for each record, see {@link Field}: nothing is lost. */
public final class JsonFormat implements Format {
  @Override
  public List<Codec> codecs() {
    return PackedFile.CODECS;
  }

  @Override
  public String extension(Codec codec) {
    return ".json" + codec.suffix();
  }

  @Override
  public String written() {
    return "the archive record as a JSON object a line, which loses nothing; keys and values as text"
        + " where they are UTF-8, else in base64";
  }

  @Override
  public String read() {
    return "lines of kafka-to-hdfs --format json are restored whole; for other JSON use text";
  }

  @Override
  public boolean keepsOrigin() {
    return true;
  }

  @Override
  public boolean keepsCount() {
    return true;
  }

  @Override
  public Set<FormatOption> options() {
    return Set.of(FormatOption.ANY_BYTES);
  }

  @Override
  public long lagBytes(Configuration configuration) {
    return PackedFile.LAG_BYTES;
  }

  @Override
  public RecordEncoder create(NewFile file, WriteOptions options, Provenance provenance)
      throws IOException {
    return new JsonEncoder(PackedFile.create(file, options.codec()));
  }

  @Override
  public FormatReader reader(ReadOptions options, Configuration configuration) {
    return new JsonReader(
        new LinesReader(new TextFiles(!options.anyBytes(), configuration), JsonDecoder::new));
  }

  @Override
  public FileJoin join() {
    return new LineJoin();
  }
}
