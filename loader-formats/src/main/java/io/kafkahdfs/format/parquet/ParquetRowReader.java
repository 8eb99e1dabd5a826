package io.kafkahdfs.format.parquet;

import io.kafkahdfs.format.io.Reason;
import io.kafkahdfs.format.rows.TooLargeException;
import io.kafkahdfs.format.spi.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads the rows of the row groups that begin in a stretch of a Parquet file. */
final class ParquetRowReader implements RowReader {
  private final Path path;
  private final ParquetFileReader file;
  private final Map<String, String> metadata;
  private final Schema schema;
  private final MessageColumnIO columns;
  private final RecordMaterializer<IndexedRecord> materializer;
  private final long rows;

  private PageReadStore group;
  private RecordReader<IndexedRecord> groupRows;
  private long leftInGroup;
  private long read;

  private ParquetRowReader(Path path, ParquetFileReader file, Configuration configuration) {
    this.path = path;
    this.file = file;
    FileMetaData description = file.getFileMetaData();
    metadata = description.getKeyValueMetaData();
    MessageType layout = description.getSchema();
    schema = schema(metadata, layout, configuration);
    AvroReadSupport.setAvroReadSchema(configuration, schema);
    AvroReadSupport<IndexedRecord> support = new AvroReadSupport<>(new GenericData());
    materializer =
        support.prepareForRead(
            configuration, metadata, layout, support.init(configuration, metadata, layout));
    columns = new ColumnIOFactory(description.getCreatedBy()).getColumnIO(layout, layout);
    rows = file.getRecordCount();
  }

  /**
   * Opens a stretch.
   *
   * @param configuration changed by this
   */
  static ParquetRowReader open(Path path, long start, long length, Configuration configuration)
      throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(path, configuration);
    ParquetReadOptions options =
        HadoopReadOptions.builder(configuration)
            .usePageChecksumVerification()
            .withUseHadoopVectoredIo(false)
            .withCodecFactory(new CheckedCodecs(configuration))
            .build();
    SeekableInputStream stream = input.newStream();
    try {
      ParquetMetadata footer = ParquetFileReader.readFooter(input, options, stream);
      Footers.check(footer, input.getLength());
      CheckedCodecs.require(footer, path, options.getCodecFactory());
      List<BlockMetaData> groups =
          footer.getBlocks().stream()
              .filter(group -> Footers.beginsIn(group, start, length))
              .toList();
      return new ParquetRowReader(
          path,
          ParquetFileReader.open(
              input, new ParquetMetadata(footer.getFileMetaData(), groups), options, stream),
          configuration);
    } catch (RuntimeException | StackOverflowError e) {
      stream.close();
      throw new IOException("its footer is damaged, or it is no Parquet file: " + Reason.of(e), e);
    } catch (OutOfMemoryError e) {
      stream.close();
      throw new TooLargeException(path, "footer", e);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /** As Parquet's own reader finds it. */
  private static Schema schema(
      Map<String, String> metadata, MessageType layout, Configuration configuration) {
    for (String key : List.of("parquet.avro.schema", "avro.schema")) {
      if (metadata.containsKey(key)) {
        return new Schema.Parser().parse(metadata.get(key));
      }
    }
    return new AvroSchemaConverter(configuration).convert(layout);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public IndexedRecord next() throws IOException {
    try {
      while (leftInGroup == 0) {
        group = file.readNextRowGroup();
        if (group == null) {
          return null;
        }
        leftInGroup = group.getRowCount();
        groupRows = columns.getRecordReader(group, materializer);
      }
      leftInGroup--;
      IndexedRecord row = groupRows.read();
      read++;
      return row;
    } catch (RuntimeException | StackOverflowError e) {
      throw new IOException("a row group is damaged: " + Reason.of(e), e);
    } catch (OutOfMemoryError e) {
      throw new TooLargeException(path, "row group", e);
    }
  }

  @Override
  public float progress() {
    return rows == 0 ? 1 : read / (float) rows;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
