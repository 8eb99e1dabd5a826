package io.kafkahdfs.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.ReadBack;
import io.kafkahdfs.format.Sample;
import io.kafkahdfs.format.Target;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SequenceEncoderTest {
  private static final EncodeSettings SEQUENCE = EncodeSettings.of(FileFormat.SEQUENCE);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"NONE", "SNAPPY", "DEFLATE", "BZIP2"})
  void keysAndValuesComeBackAndNullIsEmpty(Codec codec) throws IOException {
    File file = ReadBack.write(folder, SEQUENCE.with(codec), Sample.variety());

    List<byte[]> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    ReadBack.sequence(
        file,
        (key, value) -> {
          keys.add(key);
          values.add(value);
        });

    assertThat(keys)
        .usingRecursiveComparison()
        .isEqualTo(Sample.variety().stream().map(Sample::key).map(this::emptyIfNull).toList());
    assertThat(values)
        .usingRecursiveComparison()
        .isEqualTo(Sample.variety().stream().map(Sample::value).map(this::emptyIfNull).toList());
  }

  @Test
  void saysWhatItIs() throws IOException {
    File file = ReadBack.write(folder, SEQUENCE.with(Codec.SNAPPY), Sample.variety());

    try (SequenceFile.Reader reader = ReadBack.sequenceReader(file)) {
      assertThat(reader.getKeyClass()).isEqualTo(BytesWritable.class);
      assertThat(reader.getValueClass()).isEqualTo(BytesWritable.class);
      assertThat(reader.getCompressionType()).isEqualTo(CompressionType.BLOCK);
      assertThat(reader.getCompressionCodec().getDefaultExtension()).isEqualTo(".snappy");
      SequenceFile.Metadata metadata = reader.getMetadata();
      assertThat(metadata.get(new Text("kafkahdfs.topic"))).hasToString("clicks.eu-west_1");
      assertThat(metadata.get(new Text("kafkahdfs.partition"))).hasToString("7");
      assertThat(metadata.get(new Text("kafkahdfs.writer")).toString()).startsWith("kafka-hdfs ");
    }
  }

  @Test
  void noCodecMeansNoneWhateverTheClusterIsSetTo() throws IOException {
    Configuration cluster = new Configuration();
    SequenceFile.setDefaultCompressionType(cluster, CompressionType.RECORD);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordEncoder encoder =
        SEQUENCE.create(new Target(out, cluster), Provenance.of(Sample.PARTITION))) {
      encoder.write(Sample.of(0, null, Sample.utf8("value")).record());
    }
    File file = folder.resolve("file.seq").toFile();
    Files.write(file.toPath(), out.toByteArray());

    try (SequenceFile.Reader reader = ReadBack.sequenceReader(file)) {
      assertThat(reader.getCompressionType()).isEqualTo(CompressionType.NONE);
    }
  }

  private byte[] emptyIfNull(byte[] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }
}
