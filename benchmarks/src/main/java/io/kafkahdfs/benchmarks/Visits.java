package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.avro.WireValues;
import io.kafkahdfs.testkit.kafka.TestRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/**
 * Values as the trackers of web sites send them: visits of pages in Avro, behind the id of their
 * schema. Numbers, times, names of which there are few, texts of which there are many, a nested
 * record, an array of records and a map; about 1000 bytes each. Some are made, and come again and
 * again: they are not to cost anything.
 */
final class Visits implements Pool {
  static final int SCHEMA_ID = 7;
  private static final int RECORDS = 60_000;
  private static final String[] COUNTRIES = {"GR", "IS", "DE", "FR", "BR", "JP", "US", "IN"};
  private static final String[] PAGES = {"/products/", "/basket/", "/search?q=", "/checkout/"};

  private static final Schema DEVICE =
      SchemaBuilder.record("Device")
          .fields()
          .requiredString("family")
          .requiredString("agent")
          .requiredInt("width")
          .requiredInt("height")
          .endRecord();

  private static final Schema ITEM =
      SchemaBuilder.record("Item")
          .fields()
          .requiredString("sku")
          .requiredInt("quantity")
          .requiredDouble("price")
          .endRecord();

  private static final Schema SCHEMA =
      SchemaBuilder.record("Visit")
          .namespace("bench")
          .fields()
          .name("at")
          .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .requiredLong("visitor")
          .requiredString("session")
          .requiredString("page")
          .optionalString("referrer")
          .requiredString("country")
          .name("action")
          .type()
          .enumeration("Action")
          .symbols("VIEW", "CLICK", "BUY")
          .noDefault()
          .requiredDouble("duration")
          .requiredBoolean("returning")
          .optionalLong("campaign")
          .name("device")
          .type(DEVICE)
          .noDefault()
          .name("items")
          .type(Schema.createArray(ITEM))
          .noDefault()
          .name("tags")
          .type()
          .map()
          .values()
          .stringType()
          .noDefault()
          .endRecord();

  private final Random random = new Random(1);
  private final List<TestRecord> pool = new ArrayList<>();

  Visits() {
    for (int i = 0; i < RECORDS; i++) {
      pool.add(
          new TestRecord(
              "user%05d".formatted(i).getBytes(StandardCharsets.UTF_8),
              WireValues.registered(SCHEMA_ID, SCHEMA, visit(i))));
    }
  }

  static Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<TestRecord> records() {
    return pool;
  }

  private GenericData.Record visit(int number) {
    GenericData.Record device = new GenericData.Record(DEVICE);
    device.put("family", random.nextBoolean() ? "mobile" : "desktop");
    device.put(
        "agent", "Mozilla/5.0 (X11; Linux x86_64; rv:" + random.nextInt(140) + ") " + hex(6));
    device.put("width", 320 + random.nextInt(2000));
    device.put("height", 480 + random.nextInt(1500));
    List<GenericData.Record> items = new ArrayList<>();
    for (int i = random.nextInt(7); i >= 0; i--) {
      GenericData.Record item = new GenericData.Record(ITEM);
      item.put("sku", "sku-" + hex(2));
      item.put("quantity", 1 + random.nextInt(4));
      item.put("price", random.nextInt(100_000) / 100.0);
      items.add(item);
    }
    GenericData.Record visit = new GenericData.Record(SCHEMA);
    visit.put("at", 1_790_000_000_000L + number * 1000L + random.nextInt(1000));
    visit.put("visitor", random.nextLong() >>> 20);
    visit.put("session", hex(4));
    visit.put("page", PAGES[random.nextInt(PAGES.length)] + hex(12));
    visit.put("referrer", random.nextInt(3) == 0 ? null : "https://example.com/" + hex(20));
    visit.put("country", COUNTRIES[random.nextInt(COUNTRIES.length)]);
    visit.put(
        "action",
        new GenericData.EnumSymbol(
            SCHEMA.getField("action").schema(),
            SCHEMA.getField("action").schema().getEnumSymbols().get(random.nextInt(3))));
    visit.put("duration", random.nextDouble() * 300);
    visit.put("returning", random.nextBoolean());
    visit.put("campaign", random.nextBoolean() ? null : (long) random.nextInt(500));
    visit.put("device", device);
    visit.put("items", items);
    visit.put(
        "tags",
        Map.of(
            "experiment", hex(10), "language", "el-GR", "release", "2026." + random.nextInt(52)));
    return visit;
  }

  /** So many words of 8 digits. */
  private String hex(int words) {
    StringBuilder text = new StringBuilder(8 * words);
    for (int i = 0; i < words; i++) {
      text.append("%08x".formatted(random.nextInt()));
    }
    return text.toString();
  }
}
