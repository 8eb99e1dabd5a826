package io.kafkahdfs.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.rows.RowFormatContract;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFormatTest extends RowFormatContract {
  private static final Schema NAME =
      SchemaBuilder.record("Names").fields().requiredString("name").endRecord();

  @TempDir Path files;

  ParquetFormatTest() {
    super(FileFormat.PARQUET);
  }

  @Override
  protected Configuration smallGroups(int bytes) {
    Configuration configuration = new Configuration();
    configuration.setInt(ParquetOutputFormat.BLOCK_SIZE, bytes);
    return configuration;
  }

  @Test
  void pagesAndDictionariesAreAsLargeAsHadoopsSettingsSay() throws IOException {
    Configuration small = new Configuration();
    small.setInt(ParquetOutputFormat.PAGE_SIZE, 4096);

    assertThat(pages(names(new Configuration(), 1000))).isEqualTo(1);
    assertThat(pages(names(small, 1000))).isGreaterThan(5);

    Configuration large = new Configuration();
    large.setInt(ParquetOutputFormat.DICTIONARY_PAGE_SIZE, 1 << 20);

    // 300 KB of names, each of them twice.
    assertThat(Files.size(names(large, 10_000))).isLessThan(400_000);
    assertThat(Files.size(names(new Configuration(), 10_000))).isGreaterThan(500_000);
  }

  @Test
  void wholeMessagesHaveNoStatistics() throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(
            ReadBack.write(files, EncodeSettings.of(FileFormat.PARQUET), Sample.variety()).toURI());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()))) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        String name = column.getPath().toDotString();
        if (name.equals("key") || name.equals("value")) {
          assertThat(column.getStatistics().hasNonNullValue()).as(name).isFalse();
        } else if (name.equals("offset")) {
          assertThat(column.getStatistics().hasNonNullValue()).as(name).isTrue();
        }
      }
    }
  }

  /** A file of so many names of 26 bytes, each of them twice. */
  private Path names(Configuration configuration, int distinct) throws IOException {
    Path file = Files.createTempFile(files, "names", ".parquet");
    try (OutputStream out = Files.newOutputStream(file);
        RowEncoder rows =
            new ParquetRows()
                .create(
                    new Target(out, configuration),
                    new WriteOptions(
                        Codec.NONE, NewlinePolicy.FAIL, WriteOptions.AS_THE_FORMAT_DOES),
                    NAME,
                    Map.of())) {
      for (int i = 0; i < 2 * distinct; i++) {
        rows.write(
            new GenericRecordBuilder(NAME)
                .set("name", "a name that is number %05d".formatted(i % distinct))
                .build());
      }
    }
    return file;
  }

  private static int pages(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      ColumnChunkMetaData column = reader.getFooter().getBlocks().get(0).getColumns().get(0);
      return reader.readOffsetIndex(column).getPageCount();
    }
  }
}
