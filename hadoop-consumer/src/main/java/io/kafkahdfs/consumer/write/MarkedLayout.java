package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.KafkaRecord;
import java.io.IOException;

/**
 * A layout whose files have names that none had before.
 *
 * @param commit the number of the one that lands them
 */
public record MarkedLayout(Layout layout, long commit) implements Layout {
  @Override
  public Lane lane(KafkaRecord record, Lane last) throws IOException {
    return layout.lane(record, last);
  }

  @Override
  public boolean isLate() {
    return layout.isLate();
  }

  @Override
  public String mark() {
    return FileNames.mark(commit);
  }
}
