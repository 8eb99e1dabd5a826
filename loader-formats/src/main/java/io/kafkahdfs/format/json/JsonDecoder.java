package io.kafkahdfs.format.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.lines.Lines;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.format.spi.RecordDecoder;
import java.io.CharConversionException;
import java.io.IOException;

/** Restores a record from each line. A line that is no record is bad; the next one can be read. */
final class JsonDecoder implements RecordDecoder {
  /** Values may be as long as lines. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final Lines lines;
  private final ByteView line = new ByteView();

  JsonDecoder(Lines lines) {
    this.lines = lines;
  }

  @Override
  public boolean next(KafkaRecord into) throws IOException {
    if (!lines.next(line)) {
      return false;
    }
    try (JsonParser json = FACTORY.createParser(line.array(), line.offset(), line.length())) {
      new LineParser(json).parse(into);
    } catch (JsonProcessingException e) {
      throw new BadRecordException("is no record in JSON: " + e.getOriginalMessage());
    } catch (CharConversionException e) {
      // It looks like UTF-16 or UTF-32 to the parser, and is not.
      throw new BadRecordException("is no record in JSON: it is no UTF-8");
    }
    return true;
  }

  @Override
  public float progress() throws IOException {
    return lines.progress();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
