package io.kafkahdfs.format.orc;

import java.util.List;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DateColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;

/** Tells vectors which calendar their days before 1582 are of. Avro's is today's, always. */
final class Calendars {
  private Calendars() {}

  static void proleptic(List<ColumnVector> vectors) {
    for (ColumnVector vector : vectors) {
      if (vector instanceof DateColumnVector days) {
        days.changeCalendar(true, false);
      } else if (vector instanceof TimestampColumnVector times) {
        times.changeCalendar(true, false);
      } else if (vector instanceof StructColumnVector struct) {
        proleptic(List.of(struct.fields));
      } else if (vector instanceof UnionColumnVector union) {
        proleptic(List.of(union.fields));
      } else if (vector instanceof ListColumnVector list) {
        proleptic(List.of(list.child));
      } else if (vector instanceof MapColumnVector map) {
        proleptic(List.of(map.keys, map.values));
      }
    }
  }
}
