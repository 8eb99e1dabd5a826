package io.kafkahdfs.format.io;

import io.kafkahdfs.format.spi.Codec;
import io.kafkahdfs.format.spi.NewFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A file that is compressed as a whole, as its name's ending says, or not at all. */
public final class PackedFile implements Closeable {
  /** What Hadoop's tools tell by a file's ending, and need no native library for. */
  public static final List<Codec> CODECS =
      List.of(Codec.NONE, Codec.GZIP, Codec.SNAPPY, Codec.BZIP2, Codec.DEFLATE);

  /** Codecs hold back up to a block of theirs; bzip2's is the largest, with 900 KB. */
  public static final long LAG_BYTES = 1 << 20;

  private final FileBuffer file;
  private final FileBuffer content;

  private PackedFile(FileBuffer file, FileBuffer content) {
    this.file = file;
    this.content = content;
  }

  /** Creates the file. */
  public static PackedFile create(NewFile target, Codec codec) throws IOException {
    FileBuffer file = new FileBuffer(target.stream());
    return new PackedFile(
        file,
        codec == Codec.NONE
            ? file
            : new FileBuffer(
                HadoopCodecs.of(codec, target.configuration()).createOutputStream(file)));
  }

  /** Where the file's content goes. */
  public FileBuffer content() {
    return content;
  }

  /** How many bytes the file has, compressed. */
  public long bytes() {
    return file.count();
  }

  /** Finishes the file; a second call does nothing. */
  @Override
  public void close() throws IOException {
    content.close();
  }
}
