package io.kafkahdfs.consumer.table;

import java.io.IOException;

/** Makes targets of one kind. In a jar of its own, which the service loader finds. */
public interface TableTargetProvider {
  /** Which kind, such as {@code iceberg}. */
  String kind();

  /**
   * @throws io.kafkahdfs.failure.LoaderException if the table's name or the properties are wrong
   */
  TableTarget open(TableRequest request) throws IOException;
}
