package io.kafkahdfs.consumer.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.consumer.state.StateFolder;
import io.kafkahdfs.consumer.write.StagedFile;
import io.kafkahdfs.consumer.write.WrittenFile;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowEncoder;
import io.kafkahdfs.format.spi.RowFormat;
import io.kafkahdfs.format.spi.RowReader;
import io.kafkahdfs.format.spi.WriteOptions;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A merged file of every format reads as the files that were merged, one behind the other. */
class MergeTest {
  private final Configuration configuration = new Configuration(false);

  @TempDir java.nio.file.Path temporary;

  private FileStore store;
  private StateFolder state;
  private Path staging;

  @BeforeEach
  void open() throws IOException {
    Path root = new Path(temporary.toUri());
    store = HadoopFileStore.of(root, configuration);
    state = new StateFolder(root);
    staging = new Path(root, "staging");
    store.mkdirs(staging);
    store.mkdirs(new Path(root, "t"));
  }

  static Stream<EncodeSettings> allFormatsAndCodecs() {
    return Stream.of(FileFormat.values())
        .flatMap(
            format ->
                format.format().codecs().stream()
                    .map(codec -> EncodeSettings.of(format).with(codec)));
  }

  private LandedFile landed(
      EncodeSettings encoding, String name, int partition, long from, long until)
      throws IOException {
    Path path = new Path(state.root(), "t/" + name + encoding.extension());
    StagedFile file = new StagedFile(store, path, configuration);
    PartitionId id = new PartitionId("t", partition);
    RecordEncoder encoder = encoding.create(file, Provenance.of(id));
    KafkaRecord record = new KafkaRecord();
    for (long offset = from; offset < until; offset++) {
      record.setPosition(id, offset);
      record.setTimestamp(1_700_000_000_000L + offset, TimestampType.CREATE_TIME);
      record.key().set(("k" + offset).getBytes(UTF_8));
      record.value().set(("value " + offset + "\\n").getBytes(UTF_8));
      encoder.write(record);
    }
    encoder.close();
    return new LandedFile(
        "s/" + name,
        "t/" + path.getName(),
        List.of(new LandedFile.Part("t", partition, from, until - 1, until - from)),
        encoder.bytes(),
        file.crc32c());
  }

  private WrittenFile merge(EncodeSettings encoding, boolean partition, LandedFile... files)
      throws IOException {
    CompactPlan plan =
        new CompactPlan(
            7,
            encoding.format().id(),
            List.of(
                new CompactPlan.Group(
                    "t",
                    "t",
                    partition,
                    encoding.options().codec(),
                    Stream.of(files).map(file -> new CompactPlan.Input(1, file)).toList())));
    return new Merge(store, state, staging, plan, configuration).merge(0, file -> {});
  }

  private List<String> records(FileFormat format, Path path) throws IOException {
    List<String> all = new ArrayList<>();
    KafkaRecord record = new KafkaRecord();
    try (RecordDecoder decoder =
        format
            .reader(ReadOptions.ofLoaded(), configuration)
            .open(path, 0, store.entry(path).orElseThrow().length())) {
      while (decoder.next(record)) {
        all.add(
            record.partition()
                + " "
                + record.offset()
                + " "
                + record.timestamp()
                + " "
                + text(record.key().toByteArray())
                + " "
                + text(record.value().toByteArray()));
      }
    }
    return all;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  @ParameterizedTest
  @MethodSource("allFormatsAndCodecs")
  void recordsOfAllFormatsStayAsTheyAre(EncodeSettings encoding) throws IOException {
    LandedFile[] files = {
      landed(encoding, "a", 3, 0, 40),
      landed(encoding, "b", 3, 40, 41),
      landed(encoding, "c", 3, 50, 70)
    };
    WrittenFile merged = merge(encoding, true, files);

    List<String> before = new ArrayList<>();
    for (LandedFile file : files) {
      before.addAll(records(encoding.format(), new Path(state.root(), file.path())));
    }
    Path path = new Path(staging, merged.staged());
    assertThat(records(encoding.format(), path)).isEqualTo(before).hasSize(61);
    assertThat(merged.bytes()).isEqualTo(store.entry(path).orElseThrow().length());
    assertThat(merged.target())
        .isEqualTo("t/t-3-00000000000000000000-00000000000000000069-c7" + encoding.extension());
    assertThat(merged.parts())
        .singleElement()
        .satisfies(part -> assertThat(part.records()).isEqualTo(61));
  }

  @ParameterizedTest
  @EnumSource(names = {"AVRO", "JSON", "PARQUET", "ORC"})
  void partitionsCanShareAFile(FileFormat format) throws IOException {
    EncodeSettings encoding = EncodeSettings.of(format);
    WrittenFile merged =
        merge(encoding, false, landed(encoding, "a", 0, 0, 9), landed(encoding, "b", 1, 5, 9));
    assertThat(merged.parts()).hasSize(2);
    assertThat(merged.target()).startsWith("t/t-0000000001-00000-00000-c7.");
    assertThat(records(format, new Path(staging, merged.staged()))).hasSize(13);
  }

  @Test
  void aMergedSharedFileSortsWhereItsFirstOneDid() throws IOException {
    EncodeSettings encoding = EncodeSettings.of(FileFormat.AVRO);
    WrittenFile merged =
        merge(
            encoding,
            false,
            landed(encoding, "t-0000000002-00001-00000-c5", 0, 0, 9),
            landed(encoding, "t-0000000003-00000-00000", 0, 9, 12));
    assertThat(merged.target()).isEqualTo("t/t-0000000002-00001-00000-c7.avro");
  }

  @ParameterizedTest
  @EnumSource(names = {"AVRO", "PARQUET", "ORC"})
  void columnsStayAsTheyAre(FileFormat format) throws IOException {
    Schema schema =
        SchemaBuilder.record("Order")
            .fields()
            .requiredLong("id")
            .optionalString("note")
            .endRecord();
    List<LandedFile> files = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      files.add(rows(format, schema, "f" + i, 10 * i));
    }
    EncodeSettings encoding = EncodeSettings.of(format);
    WrittenFile merged = merge(encoding, true, files.toArray(LandedFile[]::new));

    List<String> ids = new ArrayList<>();
    try (RowReader rows =
        format
            .format()
            .rows()
            .orElseThrow()
            .open(new Path(staging, merged.staged()), 0, merged.bytes(), configuration)) {
      assertThat(rows.schema()).isEqualTo(schema);
      assertThat(rows.metadata())
          .containsEntry("kafkahdfs.value.schema", "the schema")
          .containsEntry("kafkahdfs.partition", "3");
      for (IndexedRecord row = rows.next(); row != null; row = rows.next()) {
        ids.add(row.toString());
      }
    }
    assertThat(ids).hasSize(20).isSorted().doesNotHaveDuplicates();
    Configuration plain = configuration;
    Schema wider =
        SchemaBuilder.record("Order").fields().requiredLong("id").optionalInt("n").endRecord();
    String kind = format.format().join().kind(new Path(state.root(), files.get(0).path()), plain);
    assertThat(format.format().join().kind(new Path(state.root(), files.get(1).path()), plain))
        .isEqualTo(kind);
    LandedFile other = rows(format, wider, "wider", 30);
    assertThat(format.format().join().kind(new Path(state.root(), other.path()), plain))
        .isNotEqualTo(kind);
  }

  private LandedFile rows(FileFormat format, Schema schema, String name, int first)
      throws IOException {
    Path path = new Path(state.root(), "t/" + name + ".rows");
    StagedFile file = new StagedFile(store, path, configuration);
    RowFormat rows = format.format().rows().orElseThrow();
    RowEncoder encoder =
        rows.create(
            file,
            new WriteOptions(Codec.SNAPPY, NewlinePolicy.FAIL, WriteOptions.AS_THE_FORMAT_DOES),
            schema,
            Map.of("kafkahdfs.value.schema", "the schema"));
    for (int i = first; i < first + 10; i++) {
      GenericData.Record row = new GenericData.Record(schema);
      row.put("id", 100L + i);
      encoder.write(row);
    }
    encoder.close();
    return new LandedFile(
        "s/" + name,
        "t/" + path.getName(),
        List.of(new LandedFile.Part("t", 3, first, first + 9, 10)),
        encoder.bytes(),
        file.crc32c());
  }

  @Test
  void aFileWithOtherRecordsThanItsCommitSaysIsRefused() throws IOException {
    EncodeSettings encoding = EncodeSettings.of(FileFormat.JSON);
    LandedFile file = landed(encoding, "a", 0, 0, 9);
    LandedFile lying =
        new LandedFile(
            file.staged(),
            file.path(),
            List.of(new LandedFile.Part("t", 0, 0, 9, 10)),
            file.bytes(),
            file.crc32c());
    assertThatThrownBy(() -> merge(encoding, true, lying, landed(encoding, "b", 0, 10, 12)))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("it has 9 records, not 10");
  }
}
