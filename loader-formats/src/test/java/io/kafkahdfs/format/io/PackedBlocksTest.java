package io.kafkahdfs.format.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.SnappyCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedBlocksTest {
  private static SnappyCodec codec(int bytes) {
    Configuration configuration = new Configuration(false);
    configuration.setInt("io.compression.codec.snappy.buffersize", bytes);
    SnappyCodec codec = new SnappyCodec();
    codec.setConf(configuration);
    return codec;
  }

  private static byte[] packed(SnappyCodec codec, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = codec.createOutputStream(packed, codec.createCompressor())) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] content() {
    byte[] content = new byte[3 << 20];
    new Random(5).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {64 << 10, 256 << 10, 1 << 20})
  void chunksAreAsLargeAsTheClusterSays(int bytes) throws IOException {
    byte[] content = content();
    SnappyCodec codec = codec(bytes);
    try (InputStream in =
        new PackedBlocks(codec, new ByteArrayInputStream(packed(codec, content)))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64 << 10})
  void largerOnesAreNotUnpacked(int bytes) throws IOException {
    byte[] packed = packed(codec(1 << 20), content());
    try (InputStream in = new PackedBlocks(codec(bytes), new ByteArrayInputStream(packed))) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("claims to unpack to");
    }
  }
}
