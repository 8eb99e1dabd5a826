package io.kafkahdfs.format;

import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** A file of a test that is read in stretches, each with a decoder of its own, as splits do. */
public final class Stretches implements AutoCloseable {
  private static final int MOST_CUTS = 30;

  private final java.nio.file.Path file;

  /** Opens a stretch. */
  public interface Opener {
    RecordDecoder open(Path file, long start, long length) throws IOException;
  }

  /** Key and value of a record; what was null is null. */
  public record Pair(ByteBuffer key, ByteBuffer value) {
    public static Pair of(byte[] key, byte[] value) {
      return new Pair(
          key == null ? null : ByteBuffer.wrap(key), value == null ? null : ByteBuffer.wrap(value));
    }
  }

  /**
   * @param ending how the file's name ends
   */
  public Stretches(String ending) throws IOException {
    file = Files.createTempFile("stretches", ending);
  }

  public Path path() {
    return new Path(file.toUri());
  }

  public void write(byte[] bytes) throws IOException {
    Files.write(file, bytes);
  }

  public byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }

  public long length() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to cut, anywhere and some times. */
  public Collection<Long> cuts(Random random) {
    TreeSet<Long> cuts = new TreeSet<>();
    for (int i = random.nextInt(MOST_CUTS + 1); i > 0; i--) {
      cuts.add(random.nextLong(length() + 1));
    }
    return cuts;
  }

  /** All records of all stretches, in their order. */
  public List<Pair> read(Collection<Long> cuts, Opener opener) throws IOException {
    TreeSet<Long> bounds = new TreeSet<>(cuts);
    bounds.remove(0L);
    bounds.add(length());
    List<Pair> records = new ArrayList<>();
    long start = 0;
    for (long end : bounds) {
      try (RecordDecoder decoder = opener.open(path(), start, end - start)) {
        KafkaRecord record = new KafkaRecord();
        while (decoder.next(record)) {
          records.add(Pair.of(bytes(record.key()), bytes(record.value())));
        }
      }
      start = end;
    }
    return records;
  }

  private static byte[] bytes(ByteView view) {
    return view.isNull()
        ? null
        : Arrays.copyOfRange(view.array(), view.offset(), view.offset() + view.length());
  }

  @Override
  public void close() throws IOException {
    Files.delete(file);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
