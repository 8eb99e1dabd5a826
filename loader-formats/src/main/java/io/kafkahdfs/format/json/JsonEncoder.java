package io.kafkahdfs.format.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kafkahdfs.client.ByteView;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.format.io.FileBuffer;
import io.kafkahdfs.format.io.PackedFile;
import io.kafkahdfs.format.spi.RecordEncoder;
import java.io.IOException;
import java.util.List;

/** Writes a JSON object a line for each record, straight from the view that the record is. */
final class JsonEncoder implements RecordEncoder {
  private final PackedFile file;
  private final FileBuffer lines;
  private final JsonGenerator json;
  private final Utf8 utf8 = new Utf8();

  JsonEncoder(PackedFile file) throws IOException {
    this.file = file;
    this.lines = file.content();
    this.json =
        new JsonFactory()
            .createGenerator(lines, JsonEncoding.UTF8)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
            .setRootValueSeparator(null);
  }

  @Override
  public void write(KafkaRecord record) throws IOException {
    json.writeStartObject();
    if (record.partition() != null) {
      writeOrigin(record);
    }
    write(Field.KEY, record.key());
    write(Field.VALUE, record.value());
    writeHeaders(record.headers());
    json.writeEndObject();
    // Passes on what the generator holds, so that the line's end comes behind it.
    json.flush();
    lines.write('\n');
  }

  /** What a record has that came from Kafka; others are printed, and never landed. */
  private void writeOrigin(KafkaRecord record) throws IOException {
    json.writeStringField(Field.TOPIC, record.partition().topic());
    json.writeNumberField(Field.PARTITION, record.partition().partition());
    json.writeNumberField(Field.OFFSET, record.offset());
    if (record.timestamp() == KafkaRecord.NO_TIMESTAMP) {
      json.writeNullField(Field.TIMESTAMP);
    } else {
      json.writeNumberField(Field.TIMESTAMP, record.timestamp());
    }
    json.writeStringField(Field.TIMESTAMP_TYPE, record.timestampType().name());
  }

  private void write(String name, ByteView bytes) throws IOException {
    if (bytes.isNull()) {
      json.writeNullField(name);
    } else {
      write(name, bytes.array(), bytes.offset(), bytes.length());
    }
  }

  private void write(String name, byte[] bytes, int from, int length) throws IOException {
    if (utf8.isText(bytes, from, length)) {
      json.writeFieldName(name);
      json.writeUTF8String(bytes, from, length);
    } else {
      json.writeFieldName(name + Field.BASE64);
      json.writeBinary(bytes, from, length);
    }
  }

  private void writeHeaders(List<RecordHeader> headers) throws IOException {
    json.writeArrayFieldStart(Field.HEADERS);
    for (int i = 0; i < headers.size(); i++) {
      RecordHeader header = headers.get(i);
      json.writeStartObject();
      json.writeStringField(Field.KEY, header.key());
      if (header.value() == null) {
        json.writeNullField(Field.VALUE);
      } else {
        write(Field.VALUE, header.value(), 0, header.value().length);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public long bytes() {
    return file.bytes();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
