package io.kafkahdfs.format.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.failure.Quoted;
import io.kafkahdfs.format.spi.BadRecordException;
import io.kafkahdfs.offset.PartitionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Restores one record. Each field must be there once, and there must be no other. */
final class LineParser {
  private final JsonParser json;
  private final Set<String> seen = new HashSet<>();
  private String topic;
  private int partition;
  private long offset;
  private long timestamp = KafkaRecord.NO_TIMESTAMP;
  private TimestampType timestampType;

  LineParser(JsonParser json) {
    this.json = json;
  }

  /**
   * @throws BadRecordException if it is no such record
   * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON
   */
  void parse(KafkaRecord into) throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      field(json.currentName(), into);
    }
    if (json.nextToken() != null) {
      throw new BadRecordException("has more in its line than one record in JSON");
    }
    for (String field :
        List.of(
            Field.TOPIC,
            Field.PARTITION,
            Field.OFFSET,
            Field.TIMESTAMP,
            Field.TIMESTAMP_TYPE,
            Field.KEY,
            Field.VALUE,
            Field.HEADERS)) {
      if (!seen.contains(field)) {
        throw new BadRecordException(
            "has no \""
                + field
                + "\", so it was not written by kafka-to-hdfs --format json; --format text sends"
                + " lines as they are");
      }
    }
    into.setPosition(place(), offset);
    into.setTimestamp(timestamp, timestampType);
  }

  private PartitionId place() throws BadRecordException {
    try {
      return new PartitionId(topic, partition);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException("is of no partition that there can be: " + e.getMessage());
    }
  }

  private void field(String name, KafkaRecord into) throws IOException {
    boolean base64 = name.endsWith(Field.BASE64);
    String plain = base64 ? name.substring(0, name.length() - Field.BASE64.length()) : name;
    if (!seen.add(plain)) {
      throw new BadRecordException("has " + Quoted.text(plain) + " twice");
    }
    json.nextToken();
    switch (name) {
      case Field.TOPIC -> topic = text();
      case Field.PARTITION -> partition = Math.toIntExact(number(Integer.MAX_VALUE));
      case Field.OFFSET -> offset = number(Long.MAX_VALUE);
      case Field.TIMESTAMP -> {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
          expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a number");
          timestamp = json.getLongValue();
        }
      }
      case Field.TIMESTAMP_TYPE -> timestampType = timestampType(text());
      case Field.KEY, Field.KEY + Field.BASE64 -> into.key().set(bytes(base64));
      case Field.VALUE, Field.VALUE + Field.BASE64 -> into.value().set(bytes(base64));
      case Field.HEADERS -> into.setHeaders(headers());
      default -> throw unknown(name);
    }
  }

  private List<RecordHeader> headers() throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "an array");
    List<RecordHeader> headers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      headers.add(header());
    }
    return headers.isEmpty() ? List.of() : headers;
  }

  private RecordHeader header() throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
    String key = null;
    byte[] value = null;
    Set<String> fields = new HashSet<>();
    int count = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      fields.add(name.equals(Field.KEY) ? Field.KEY : Field.VALUE);
      count++;
      switch (name) {
        case Field.KEY -> key = text();
        case Field.VALUE -> value = bytes(false);
        case Field.VALUE + Field.BASE64 -> value = bytes(true);
        default -> throw unknown(name);
      }
    }
    if (count != 2 || fields.size() != 2) {
      throw new BadRecordException("has a header that is not one key and one value");
    }
    return new RecordHeader(key, value);
  }

  private byte[] bytes(boolean base64) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL && !base64) {
      return null;
    }
    if (base64) {
      expect(json.currentToken(), JsonToken.VALUE_STRING, "text in base64");
      return json.getBinaryValue();
    }
    expect(json.currentToken(), JsonToken.VALUE_STRING, "text or null");
    return utf8();
  }

  /** Half of a pair of surrogates is no text, though JSON can have it. */
  private byte[] utf8() throws IOException {
    CharBuffer chars =
        CharBuffer.wrap(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    try {
      ByteBuffer bytes =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(chars);
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new BadRecordException("has characters that are no Unicode text");
    }
  }

  private String text() throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, "text");
    utf8();
    return json.getText();
  }

  private long number(long most) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a number");
    long number = json.getLongValue();
    if (number < 0 || number > most) {
      throw new BadRecordException("has a \"" + json.currentName() + "\" of " + number);
    }
    return number;
  }

  private static TimestampType timestampType(String name) throws BadRecordException {
    for (TimestampType type : TimestampType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new BadRecordException("has the timestamp type \"" + name + "\"");
  }

  private void expect(JsonToken found, JsonToken expected, String what) throws IOException {
    if (found != expected) {
      String name = json.currentName();
      throw new BadRecordException(
          name == null
              ? "is no record in JSON: it is not " + what
              : "has a \"" + name + "\" that is not " + what);
    }
  }

  private static BadRecordException unknown(String name) {
    return new BadRecordException(
        "has a field "
            + Quoted.text(name)
            + " that this version does not know; --format text sends lines as they are");
  }
}
