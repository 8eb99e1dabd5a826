package io.kafkahdfs.producer.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.kafkahdfs.config.Tolerance;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.rows.ArchiveSchema;
import io.kafkahdfs.format.spi.AvroValues;
import io.kafkahdfs.format.spi.EscapedLines;
import io.kafkahdfs.format.spi.FormatReader;
import io.kafkahdfs.format.spi.MissingLibraryException;
import io.kafkahdfs.format.spi.ReadOptions;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.InputFile;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.state.TaskFailures;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.JsonSpoiler;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.Lz4Codec;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.apache.hadoop.mapreduce.Counter;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.counters.GenericCounter;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.hadoop.util.ReflectionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * What files may hold that are exported, instead of what their format says: a task names them, or
 * counts them as bad, and makes no room for what is not there.
 */
class MalformedInputTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final byte[] MARK = "sixteen letters!".getBytes(StandardCharsets.US_ASCII);

  /** Of a count of records that take no bytes, so many tell enough. */
  private static final int MOST_RECORDS = 20_000;

  private static final Schema NESTED =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Node", "fields": [
                {"name": "name", "type": "string"},
                {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
                {"name": "id", "type": {"type": "fixed", "name": "Id", "size": 4}},
                {"name": "value", "type": ["null", "long", "bytes"]},
                {"name": "numbers", "type": {"type": "array", "items": "int"}},
                {"name": "children", "type": {"type": "array", "items": "Node"}},
                {"name": "more", "type": {"type": "map", "values": "double"}}]}
              """);

  /** To make one takes longer than to read a small file. */
  private final Map<String, FormatReader> readers = new HashMap<>();

  @TempDir java.nio.file.Path folder;

  /** A file, and how it is read. */
  private record Sample(String ending, FileFormat format, byte[] bytes) {}

  @Test
  void spoiledAvroFiles() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String codec : List.of("null", "deflate", "snappy", "bzip2", "xz", "zstandard")) {
      samples.add(new Sample(".avro", FileFormat.AVRO, avro(codec, true)));
      samples.add(new Sample(".avro", FileFormat.AVRO, avro(codec, false)));
    }
    check(2_000, samples);
  }

  /** Often with lengths, counts and a header that fit, so that the rest has to be understood. */
  @Test
  void avroFilesThatWereMadeWrong() {
    Cases.run(
        3_000,
        random -> {
          Schema schema = random.nextBoolean() ? NESTED : ArchiveSchema.schema();
          read(new Sample(".avro", FileFormat.AVRO, madeWrong(schema, random)), random);
        });
  }

  @Test
  void spoiledSequenceFiles() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (SequenceFile.CompressionType type : SequenceFile.CompressionType.values()) {
      for (Class<? extends CompressionCodec> codec :
          List.of(DefaultCodec.class, SnappyCodec.class, BZip2Codec.class, Lz4Codec.class)) {
        samples.add(new Sample(".seq", FileFormat.SEQUENCE, sequence(type, codec)));
      }
    }
    check(3_000, samples);
  }

  @Test
  void spoiledCompressedText() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String ending :
        List.of(".gz", ".bz2", ".xz", ".zst", ".deflate", ".snappy", ".lz4", ".txt")) {
      samples.add(new Sample(ending, FileFormat.TEXT, text(ending)));
    }
    check(2_000, samples);
  }

  @Test
  void spoiledJson() {
    String line =
        """
        {"topic":"events","partition":3,"offset":100,"timestamp":1700000000000,\
        "timestampType":"CREATE_TIME","key":"k","value":"a value","headers":[]}
        """;
    check(
        2_000,
        List.of(
            new Sample(".json", FileFormat.JSON, line.repeat(3).getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void theSamplesAreSound() throws Exception {
    for (boolean archive : new boolean[] {true, false}) {
      Sample sample = new Sample(".avro", FileFormat.AVRO, avro("null", archive));
      assertThat(read(write(sample), sample, Tolerance.FAIL, true)).isEqualTo(20);
    }
    for (SequenceFile.CompressionType type : SequenceFile.CompressionType.values()) {
      byte[] bytes = sequence(type, SnappyCodec.class);
      Sample sample = new Sample(".seq", FileFormat.SEQUENCE, bytes);
      assertThat(read(write(sample), sample, Tolerance.FAIL, true)).isEqualTo(30);
    }
  }

  private void check(int count, List<Sample> samples) {
    Cases.run(
        count,
        random -> {
          Sample sound = samples.get(random.nextInt(samples.size()));
          byte[] bytes = new Spoiler(random).spoil(sound.bytes());
          read(new Sample(sound.ending(), sound.format(), bytes), random);
        });
  }

  private void read(Sample sample, Random random) throws IOException {
    Tolerance onBad = random.nextBoolean() ? Tolerance.FAIL : Tolerance.SKIP;
    InputFile file = write(sample);
    try {
      read(file, sample, onBad, random.nextBoolean());
    } catch (LoaderException e) {
      String message = e.getMessage();
      require(message.contains(file.path()), e);
      require(message.length() < 2_000 && !message.contains("\n"), e);
      // That nothing is known of the cause. Avro says itself of some schemas that a name is null.
      require(!message.contains("damaged: null") && !message.contains("): null"), e);
      boolean noFaultOfIts =
          e instanceof MissingLibraryException || message.contains("can be sent");
      require(onBad == Tolerance.FAIL || noFaultOfIts, e);
    }
  }

  private InputFile write(Sample sample) throws IOException {
    java.nio.file.Path file = folder.resolve("input" + sample.ending());
    Files.write(file, sample.bytes());
    long modified = Files.getLastModifiedTime(file).toMillis();
    return new InputFile(new Path(file.toUri()).toString(), sample.bytes().length, modified);
  }

  private long read(InputFile file, Sample sample, Tolerance onBad, boolean json)
      throws IOException {
    PlannedSplit split = new PlannedSplit(0, List.of(new FilePart(file, 0, file.length())));
    ReadOptions options =
        new ReadOptions(
            json ? AvroValues.JSON : AvroValues.BINARY,
            Optional.empty(),
            EscapedLines.KEEP,
            false,
            onBad == Tolerance.FAIL);
    FormatReader files =
        readers.computeIfAbsent(
            sample.format() + " " + options,
            ignored -> sample.format().reader(options, CONFIGURATION));
    Counter counter = new GenericCounter();
    long records = 0;
    try (HdfsRecordReader reader =
        new HdfsRecordReader(
            new InputAccount(split),
            files,
            onBad,
            CONFIGURATION,
            new HdfsRecordReader.Counts(counter, counter),
            TaskFailures.of(new TaskAttemptContextImpl(CONFIGURATION, new TaskAttemptID())))) {
      while (records < MOST_RECORDS && reader.nextKeyValue()) {
        records++;
        require(reader.getCurrentValue().value().length() >= 0, null);
        require(reader.getProgress() >= 0, null);
      }
    }
    return records;
  }

  private static byte[] avro(String codec, boolean archive) throws IOException {
    Schema schema = archive ? ArchiveSchema.schema() : NESTED;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.setMeta("kafkahdfs.topic", "events");
      writer.create(schema, out, MARK);
      for (int i = 0; i < 20; i++) {
        writer.append(archive ? archived(i) : nested(i, 2));
        if (i % 7 == 6) {
          writer.sync();
        }
      }
    }
    return out.toByteArray();
  }

  private static GenericRecord archived(int number) {
    Schema schema = ArchiveSchema.schema();
    Schema header = schema.getField("headers").schema().getElementType();
    return new GenericRecordBuilder(schema)
        .set("topic", "events")
        .set("partition", 3)
        .set("offset", 100L + number)
        .set("timestamp", number % 3 == 0 ? null : 1_700_000_000_000L)
        .set(
            "timestampType",
            new GenericData.EnumSymbol(schema.getField("timestampType").schema(), "CREATE_TIME"))
        .set("key", number % 4 == 0 ? null : ByteBuffer.wrap(new byte[] {'k'}))
        .set("value", ByteBuffer.wrap(("value " + number).getBytes(StandardCharsets.UTF_8)))
        .set(
            "headers",
            List.of(
                new GenericRecordBuilder(header)
                    .set("key", "h")
                    .set("value", ByteBuffer.wrap(new byte[number % 5]))
                    .build()))
        .build();
  }

  private static GenericRecord nested(int number, int deep) {
    List<GenericRecord> children = new ArrayList<>();
    for (int i = 0; i < deep; i++) {
      children.add(nested(number + i, deep - 1));
    }
    String kind = number % 2 == 0 ? "A" : "B";
    return new GenericRecordBuilder(NESTED)
        .set("name", "node " + number)
        .set("kind", new GenericData.EnumSymbol(NESTED.getField("kind").schema(), kind))
        .set("id", new GenericData.Fixed(NESTED.getField("id").schema(), new byte[4]))
        .set("value", number % 3 == 0 ? null : (Object) (long) number)
        .set("numbers", IntStream.range(0, number % 4).boxed().toList())
        .set("children", children)
        .set("more", Map.of("a", 1.5, "b", -0.0))
        .build();
  }

  private static byte[] madeWrong(Schema schema, Random random) throws IOException {
    Spoiler spoiler = new Spoiler(random);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'O', 'b', 'j', 1});
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(file, null);
    String text = schema.toString();
    if (random.nextInt(3) == 0) {
      text = new JsonSpoiler(random).spoil(text.getBytes(StandardCharsets.UTF_8));
    }
    String codec = random.nextInt(10) == 0 ? spoiler.spoil("deflate") : "null";
    out.writeMapStart();
    out.setItemCount(2);
    out.startItem();
    out.writeString("avro.schema");
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.startItem();
    out.writeString("avro.codec");
    out.writeBytes(codec.getBytes(StandardCharsets.UTF_8));
    out.writeMapEnd();
    file.writeBytes(MARK);
    for (int i = random.nextInt(4); i >= 0; i--) {
      byte[] records = spoiler.spoil(records(schema, 3));
      out.writeLong(random.nextInt(5) == 0 ? spoiler.extreme() : 3);
      out.writeLong(random.nextInt(5) == 0 ? spoiler.extreme() : records.length);
      file.writeBytes(records);
      file.writeBytes(MARK);
    }
    return file.toByteArray();
  }

  private static byte[] records(Schema schema, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
    GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(schema);
    for (int i = 0; i < count; i++) {
      writer.write(schema == NESTED ? nested(i, 2) : archived(i), out);
    }
    return bytes.toByteArray();
  }

  private byte[] sequence(
      SequenceFile.CompressionType type, Class<? extends CompressionCodec> codec)
      throws IOException {
    java.nio.file.Path file = folder.resolve("sample.seq");
    SequenceFile.Metadata metadata = new SequenceFile.Metadata();
    metadata.set(new Text("made"), new Text("by a test"));
    Configuration small = new Configuration(CONFIGURATION);
    small.setInt("io.seqfile.compress.blocksize", 200);
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            small,
            SequenceFile.Writer.file(new Path(file.toUri())),
            SequenceFile.Writer.keyClass(LongWritable.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.metadata(metadata),
            SequenceFile.Writer.syncInterval(150),
            SequenceFile.Writer.compression(type, ReflectionUtils.newInstance(codec, small)))) {
      for (int i = 0; i < 30; i++) {
        writer.append(new LongWritable(i), new BytesWritable(new byte[i % 9]));
      }
    }
    return Files.readAllBytes(file);
  }

  private static byte[] text(String ending) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing(ending, bytes)) {
      for (int i = 0; i < 40; i++) {
        out.write(("line number " + i * 7919 + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static OutputStream packing(String ending, OutputStream out) throws IOException {
    return switch (ending) {
      case ".gz" -> new GZIPOutputStream(out);
      case ".bz2" -> new BZip2CompressorOutputStream(out, 1);
      case ".xz" -> new XZOutputStream(out, new LZMA2Options(0));
      case ".zst" -> new ZstdOutputStreamNoFinalizer(out);
      case ".deflate" -> new DeflaterOutputStream(out);
      case ".snappy" ->
          ReflectionUtils.newInstance(SnappyCodec.class, CONFIGURATION).createOutputStream(out);
      case ".lz4" ->
          ReflectionUtils.newInstance(Lz4Codec.class, CONFIGURATION).createOutputStream(out);
      default -> out;
    };
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new AssertionError("It should be said otherwise", e);
    }
  }
}
