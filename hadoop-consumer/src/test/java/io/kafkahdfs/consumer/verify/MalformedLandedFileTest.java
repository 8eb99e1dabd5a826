package io.kafkahdfs.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.consumer.commit.LandedFile;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import io.kafkahdfs.format.spi.NewlinePolicy;
import io.kafkahdfs.format.spi.Provenance;
import io.kafkahdfs.format.spi.RecordEncoder;
import io.kafkahdfs.format.spi.WriteOptions;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.store.HadoopFileStore;
import io.kafkahdfs.testkit.malformed.Cases;
import io.kafkahdfs.testkit.malformed.Spoiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify may find in files whose checksum is right. */
class MalformedLandedFileTest {
  private static final PartitionId PARTITION = new PartitionId("events", 3);
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir java.nio.file.Path folder;
  private FileCheck check;

  /** A file as a load has written it. */
  private record Landed(FileFormat format, String name, byte[] bytes) {}

  private record Stream(OutputStream stream) implements NewFile {
    @Override
    public Path path() {
      throw new UnsupportedOperationException("It is only a stream");
    }

    @Override
    public Configuration configuration() {
      return CONFIGURATION;
    }
  }

  @BeforeEach
  void open() throws IOException {
    check =
        new FileCheck(HadoopFileStore.of(new Path(folder.toUri()), CONFIGURATION), CONFIGURATION);
  }

  @Test
  void spoiledFiles() throws IOException {
    List<Landed> samples =
        samples().stream().filter(sample -> sample.format() != FileFormat.ORC).toList();
    Cases.run(3_000, random -> spoil(samples, random));
  }

  /**
   * Their tails only: in spoiled stripes ORC's library makes as much room as the lengths in them
   * say, and reads on for minutes where a stream ends too early.
   */
  @Test
  void spoiledOrcTails() throws IOException {
    List<Landed> samples =
        samples().stream().filter(sample -> sample.format() == FileFormat.ORC).toList();
    Cases.run(
        1_000,
        random -> {
          Landed sound = samples.get(random.nextInt(samples.size()));
          int end = endOfStripes(sound);
          byte[] bytes = sound.bytes();
          byte[] tail = new Spoiler(random).spoil(Arrays.copyOfRange(bytes, end, bytes.length));
          byte[] spoiled = Arrays.copyOf(bytes, end + tail.length);
          System.arraycopy(tail, 0, spoiled, end, tail.length);
          checkSpoiled(sound, spoiled);
        });
  }

  private int endOfStripes(Landed sound) throws IOException {
    Path file = new Path(Files.write(folder.resolve("sound"), sound.bytes()).toUri());
    try (Reader reader = OrcFile.createReader(file, OrcFile.readerOptions(CONFIGURATION))) {
      return (int)
          reader.getStripes().stream()
              .mapToLong(stripe -> stripe.getOffset() + stripe.getLength())
              .max()
              .orElseThrow();
    }
  }

  private void spoil(List<Landed> samples, Random random) throws IOException {
    Landed sound = samples.get(random.nextInt(samples.size()));
    checkSpoiled(sound, new Spoiler(random).spoil(sound.bytes()));
  }

  private void checkSpoiled(Landed sound, byte[] bytes) throws IOException {
    try {
      Optional<String> found = check(new Landed(sound.format(), sound.name(), bytes));
      if (found.isPresent() && (found.get().isBlank() || found.get().endsWith("null"))) {
        throw new AssertionError("It should be said otherwise: " + found);
      }
    } catch (LoaderException e) {
      if (!e.getMessage().contains(sound.name())) {
        throw new AssertionError("It should be said otherwise", e);
      }
    }
  }

  @Test
  void theSamplesAreSound() throws IOException {
    for (Landed sound : samples()) {
      assertThat(check(sound)).as(sound.name()).isEmpty();
    }
  }

  private Optional<String> check(Landed landed) throws IOException {
    Path file = new Path(folder.resolve(landed.name()).toUri());
    Files.write(folder.resolve(landed.name()), landed.bytes());
    CRC32C crc = new CRC32C();
    crc.update(landed.bytes());
    String checksum = HexFormat.of().toHexDigits((int) crc.getValue());
    return check.check(
        file,
        new LandedFile(
            "s",
            "t",
            List.of(new LandedFile.Part("events", 3, 100, 119, 20)),
            landed.bytes().length,
            checksum),
        landed.format(),
        true);
  }

  private static List<Landed> samples() throws IOException {
    List<Landed> samples = new ArrayList<>();
    for (FileFormat format : FileFormat.values()) {
      for (Codec codec : format.format().codecs()) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordEncoder encoder =
            format
                .format()
                .create(
                    new Stream(bytes),
                    new WriteOptions(codec, NewlinePolicy.FAIL, WriteOptions.AS_THE_FORMAT_DOES),
                    Provenance.of(PARTITION))) {
          for (int i = 0; i < 20; i++) {
            encoder.write(record(i));
          }
        }
        String name = "part-" + codec.id() + format.format().extension(codec);
        samples.add(new Landed(format, name, bytes.toByteArray()));
      }
    }
    return samples;
  }

  private static KafkaRecord record(int number) {
    KafkaRecord record = new KafkaRecord();
    record.setPosition(PARTITION, 100 + number);
    record.setTimestamp(1_700_000_000_000L + number, TimestampType.CREATE_TIME);
    record.setHeaders(List.of());
    record.key().set(new byte[] {'k'});
    record.value().set(("value " + number).getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
