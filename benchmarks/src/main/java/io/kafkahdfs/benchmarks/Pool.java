package io.kafkahdfs.benchmarks;

import io.kafkahdfs.testkit.kafka.TestRecord;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;

/** Some records that come again and again, so that they cost nothing to make. */
interface Pool {
  /** All that there are. */
  List<TestRecord> records();

  /** How long their values are on average, in bytes. */
  default int valueBytes() {
    long bytes = records().stream().mapToLong(record -> record.value().length).sum();
    return (int) (bytes / records().size());
  }

  /** So many records, made as they are asked for. */
  default Iterable<TestRecord> records(long count) {
    return made(count, (record, next) -> record);
  }

  /** So many records with these times. */
  default Iterable<TestRecord> records(long count, Times times) {
    return made(count, (record, next) -> record.at(times.of(next, count)));
  }

  private Iterable<TestRecord> made(long count, BiFunction<TestRecord, Long, TestRecord> as) {
    List<TestRecord> pool = records();
    return () ->
        new Iterator<>() {
          private long next;

          @Override
          public boolean hasNext() {
            return next < count;
          }

          @Override
          public TestRecord next() {
            TestRecord record = as.apply(pool.get((int) (next % pool.size())), next);
            next++;
            return record;
          }
        };
  }
}
