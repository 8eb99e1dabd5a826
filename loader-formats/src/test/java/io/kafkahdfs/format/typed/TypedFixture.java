package io.kafkahdfs.format.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.registry.SchemaRegistry;
import io.kafkahdfs.format.registry.WireFormat;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.format.spi.RecordDecoder;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.RowRecordEncoder;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.testkit.avro.WireValues;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;

/** Values of a registry in memory, and the files that they become. */
abstract class TypedFixture {
  static final PartitionId PARTITION = new PartitionId("orders", 3);

  static final Schema V1 = order("{'name':'id','type':'int'}");

  static final Schema V2 =
      order(
          "{'name':'id','type':'long'},"
              + "{'name':'note','type':['null','string'],'default':null}");

  @TempDir java.nio.file.Path folder;

  final KnownSchemas registry = new KnownSchemas();
  final int one = registry.register("orders-value", V1);
  final int two = registry.register("orders-value", V2);

  long offset;

  /** What no file of a format can have. */
  final Set<Long> refused = new HashSet<>();

  static Stream<FileFormat> formatsWithColumns() {
    return Arrays.stream(FileFormat.values()).filter(format -> format.format().rows().isPresent());
  }

  static Schema order(String fields) {
    return parse("{'type':'record','name':'Order','namespace':'shop','fields':[" + fields + "]}");
  }

  static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  TypedRows rows(ValueKind keys) {
    return new TypedRows(
        options(keys, Optional.empty(), ValueKind.AVRO), schema -> Optional.empty());
  }

  ValueOptions options(ValueKind keys, Optional<Schema> schema, ValueKind values) {
    return new ValueOptions(
        values, schema, keys, Optional.empty(), Optional.of(registry), UnknownFields.FAIL, true);
  }

  KafkaRecord record(byte[] key, byte[] value) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(PARTITION, offset);
    record.setTimestamp(1_700_000_000_000L + offset, TimestampType.CREATE_TIME);
    record.setHeaders(
        offset % 2 == 0
            ? List.of()
            : List.of(new RecordHeader("h", new byte[] {1, -1}), new RecordHeader("h", null)));
    record.key().set(key);
    record.value().set(value);
    offset++;
    return record;
  }

  KafkaRecord record(byte[] value) {
    return record(new byte[] {'k', -1}, value);
  }

  byte[] first(int id) {
    return WireValues.registered(one, V1, new GenericRecordBuilder(V1).set("id", id).build());
  }

  byte[] second(long id, String note) {
    return WireValues.registered(
        two, V2, new GenericRecordBuilder(V2).set("id", id).set("note", note).build());
  }

  /** Writes each record to the file of its columns, as a task does. */
  List<File> write(TypedRows rows, FileFormat format, List<KafkaRecord> records)
      throws IOException {
    Map<RowSchema, RecordEncoder> encoders = new LinkedHashMap<>();
    List<File> files = new ArrayList<>();
    for (KafkaRecord record : records) {
      RowSchema columns = rows.decode(record);
      RecordEncoder encoder = encoders.get(columns);
      if (encoder == null) {
        File file = folder.resolve(files.size() + "." + format).toFile();
        files.add(file);
        encoder =
            new RowRecordEncoder(
                format
                    .format()
                    .rows()
                    .orElseThrow()
                    .create(
                        Target.of(new FileOutputStream(file)),
                        EncodeSettings.of(format).options(),
                        columns.file(),
                        columns.metadata()),
                written -> rows.row());
        encoders.put(columns, encoder);
      }
      try {
        encoder.write(record);
      } catch (UnwritableRecordException e) {
        refused.add(record.offset());
      }
    }
    for (RecordEncoder encoder : encoders.values()) {
      encoder.close();
    }
    return files;
  }

  static List<String> read(FileFormat format, File file, Optional<SchemaRegistry> registry)
      throws IOException {
    List<String> read = new ArrayList<>();
    ReadOptions options =
        new ReadOptions(
            AvroValues.BINARY, Optional.empty(), EscapedLines.KEEP, false, false, registry);
    try (RecordDecoder decoder =
        format
            .reader(options, new Configuration())
            .open(new Path(file.toURI()), 0, file.length())) {
      KafkaRecord record = new KafkaRecord();
      while (decoder.next(record)) {
        read.add(describe(record));
      }
    }
    return read;
  }

  static String describe(KafkaRecord record) {
    StringBuilder headers = new StringBuilder();
    record
        .headers()
        .forEach(header -> headers.append(header.key()).append(Arrays.toString(header.value())));
    return record
        + " "
        + record.timestamp()
        + record.timestampType()
        + " "
        + Arrays.toString(record.key().toByteArray())
        + " "
        + Arrays.toString(record.value().toByteArray())
        + " "
        + headers;
  }

  static Schema lines(String fields) {
    return order(
        "{'name':'lines','type':{'type':'array','items':"
            + "{'type':'record','name':'Line','fields':["
            + fields
            + "]}}}");
  }

  static Object lines(Schema schema, Object... numbers) {
    Schema line = schema.getField("lines").schema().getElementType();
    List<Object> lines = new ArrayList<>();
    for (Object number : numbers) {
      lines.add(new GenericRecordBuilder(line).set("n", number).build());
    }
    return new GenericRecordBuilder(schema).set("lines", lines).build();
  }

  /** Some schemas no file of a format can have. */
  static boolean isWritable(TypedRows rows, KafkaRecord record) throws IOException {
    try {
      rows.decode(record);
      return true;
    } catch (UnwritableRecordException e) {
      assertThat(e.reason())
          .containsAnyOf("that files of this format cannot have", "that no file can have");
      return false;
    }
  }

  List<Object> values(FileFormat format, File file) throws IOException {
    List<Object> values = new ArrayList<>();
    try (RecordDecoder decoder =
        format
            .reader(ReadOptions.ofLoaded().with(Optional.of(registry)), new Configuration())
            .open(new Path(file.toURI()), 0, file.length())) {
      KafkaRecord record = new KafkaRecord();
      while (decoder.next(record)) {
        byte[] bytes = record.value().toByteArray();
        Schema schema = registry.byId(WireFormat.id(bytes, 0));
        values.add(
            new GenericDatumReader<>(schema, schema, AvroContent.PLAIN)
                .read(
                    null,
                    DecoderFactory.get()
                        .binaryDecoder(
                            bytes,
                            WireFormat.HEAD_BYTES,
                            bytes.length - WireFormat.HEAD_BYTES,
                            null)));
      }
    }
    return values;
  }

  static GenericData.Record filled(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    record.put(0, 5);
    return record;
  }

  static byte[] digits(int unscaled) {
    return BigInteger.valueOf(unscaled).toByteArray();
  }
}
