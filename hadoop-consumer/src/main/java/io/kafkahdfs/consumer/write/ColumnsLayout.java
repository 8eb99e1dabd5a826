package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.format.Encoding;
import io.kafkahdfs.format.typed.RowSchema;
import java.io.IOException;

/** A layout whose files have columns: only records of the same columns share one. */
final class ColumnsLayout implements Layout {
  private final Layout layout;
  private final Encoding.Columns columns;

  /** The lane of the last record, before its columns. */
  private Lane place;

  ColumnsLayout(Layout layout, Encoding.Columns columns) {
    this.layout = layout;
    this.columns = columns;
  }

  @Override
  public Lane lane(KafkaRecord record, Lane last) throws IOException {
    RowSchema needed = columns.of(record);
    Lane before = place;
    place = layout.lane(record, before);
    if (place == null) {
      return null;
    }
    return last != null && place == before && needed == last.columns() ? last : place.with(needed);
  }

  @Override
  public boolean isLate() {
    return layout.isLate();
  }

  @Override
  public String mark() {
    return layout.mark();
  }
}
