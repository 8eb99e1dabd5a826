package io.kafkahdfs.consumer.read;

import io.kafkahdfs.client.DamagedRecordException;
import java.io.IOException;

/** Takes what could not be read. */
public interface DamageSink {
  /**
   * @throws IOException if the run is not to continue behind it
   */
  void damaged(DamagedRecordException damage) throws IOException;
}
