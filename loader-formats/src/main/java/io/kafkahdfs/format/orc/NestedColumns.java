package io.kafkahdfs.format.orc;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MultiValuedColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;
import org.apache.orc.TypeDescription;

/** Columns that have columns in them. */
final class NestedColumns {
  private NestedColumns() {}

  /** Makes room for more children, and says where they begin. */
  private static int begin(MultiValuedColumnVector vector, int row, int count) {
    int first = vector.childCount;
    vector.offsets[row] = first;
    vector.lengths[row] = count;
    vector.childCount += count;
    return first;
  }

  static final class Struct extends OrcColumn {
    private final Schema schema;
    private final OrcColumn[] columns;
    private final boolean[] required;

    Struct(Schema schema, List<OrcColumn> columns) {
      this.schema = schema;
      this.columns = columns.toArray(OrcColumn[]::new);
      required = new boolean[this.columns.length];
      for (int i = 0; i < required.length; i++) {
        required[i] = !schema.getFields().get(i).schema().isNullable();
      }
    }

    Schema schema() {
      return schema;
    }

    @Override
    TypeDescription type() {
      TypeDescription type = TypeDescription.createStruct();
      for (int i = 0; i < columns.length; i++) {
        type.addField(schema.getFields().get(i).name(), columns[i].type());
      }
      return type;
    }

    @Override
    void put(ColumnVector vector, int row, Object value) throws IOException {
      put(((StructColumnVector) vector).fields, row, (IndexedRecord) value);
    }

    void put(ColumnVector[] vectors, int row, IndexedRecord value) throws IOException {
      for (int i = 0; i < columns.length; i++) {
        columns[i].write(vectors[i], row, value.get(i));
      }
    }

    @Override
    Object get(ColumnVector vector, int row) throws IOException {
      return get(((StructColumnVector) vector).fields, row);
    }

    IndexedRecord get(ColumnVector[] vectors, int row) throws IOException {
      GenericData.Record record = new GenericData.Record(schema);
      for (int i = 0; i < columns.length; i++) {
        Object value = columns[i].read(vectors[i], row);
        if (value == null && required[i]) {
          throw new IOException(
              "the column " + schema.getFields().get(i).name() + " has null, which it may not");
        }
        record.put(i, value);
      }
      return record;
    }

    @Override
    long bytes(Object value) {
      IndexedRecord record = (IndexedRecord) value;
      long bytes = 0;
      for (int i = 0; i < columns.length; i++) {
        Object field = record.get(i);
        bytes += field == null ? 0 : columns[i].bytes(field);
      }
      return bytes;
    }
  }

  static final class Array extends OrcColumn {
    private final Schema schema;
    private final OrcColumn element;

    Array(Schema schema, OrcColumn element) {
      this.schema = schema;
      this.element = element;
    }

    @Override
    TypeDescription type() {
      return TypeDescription.createList(element.type());
    }

    @Override
    void put(ColumnVector vector, int row, Object value) throws IOException {
      ListColumnVector list = (ListColumnVector) vector;
      Collection<?> elements = (Collection<?>) value;
      int at = begin(list, row, elements.size());
      list.child.ensureSize(list.childCount, true);
      for (Object one : elements) {
        element.write(list.child, at++, one);
      }
    }

    @Override
    Object get(ColumnVector vector, int row) throws IOException {
      ListColumnVector list = (ListColumnVector) vector;
      int count = Math.toIntExact(list.lengths[row]);
      GenericData.Array<Object> elements = new GenericData.Array<>(count, schema);
      for (int i = 0; i < count; i++) {
        elements.add(element.read(list.child, (int) list.offsets[row] + i));
      }
      return elements;
    }

    @Override
    long bytes(Object value) {
      long bytes = 0;
      for (Object one : (Collection<?>) value) {
        bytes += one == null ? 0 : element.bytes(one);
      }
      return bytes;
    }
  }

  static final class Mapping extends OrcColumn {
    private final OrcColumn key = new BytesColumns.Text();
    private final OrcColumn element;

    Mapping(OrcColumn element) {
      this.element = element;
    }

    @Override
    TypeDescription type() {
      return TypeDescription.createMap(key.type(), element.type());
    }

    @Override
    void put(ColumnVector vector, int row, Object value) throws IOException {
      MapColumnVector map = (MapColumnVector) vector;
      Map<?, ?> entries = (Map<?, ?>) value;
      int at = begin(map, row, entries.size());
      map.keys.ensureSize(map.childCount, true);
      map.values.ensureSize(map.childCount, true);
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        key.write(map.keys, at, entry.getKey());
        element.write(map.values, at++, entry.getValue());
      }
    }

    @Override
    Object get(ColumnVector vector, int row) throws IOException {
      MapColumnVector map = (MapColumnVector) vector;
      int count = Math.toIntExact(map.lengths[row]);
      Map<Object, Object> entries = new HashMap<>();
      for (int i = 0; i < count; i++) {
        int at = (int) map.offsets[row] + i;
        entries.put(key.read(map.keys, at), element.read(map.values, at));
      }
      return entries;
    }

    @Override
    long bytes(Object value) {
      long bytes = 0;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        bytes += key.bytes(entry.getKey());
        bytes += entry.getValue() == null ? 0 : element.bytes(entry.getValue());
      }
      return bytes;
    }
  }

  static final class Union extends OrcColumn {
    private final Schema schema;
    private final int[] branchOf;
    private final OrcColumn[] columns;

    Union(Schema schema, List<Schema> branches, List<OrcColumn> columns) {
      this.schema = schema;
      this.columns = columns.toArray(OrcColumn[]::new);
      branchOf = schema.getTypes().stream().mapToInt(branches::indexOf).toArray();
    }

    private int branch(Object value) {
      return branchOf[GenericData.get().resolveUnion(schema, value)];
    }

    @Override
    TypeDescription type() {
      TypeDescription type = TypeDescription.createUnion();
      for (OrcColumn column : columns) {
        type.addUnionChild(column.type());
      }
      return type;
    }

    @Override
    void put(ColumnVector vector, int row, Object value) throws IOException {
      UnionColumnVector union = (UnionColumnVector) vector;
      int branch = branch(value);
      union.tags[row] = branch;
      columns[branch].write(union.fields[branch], row, value);
    }

    @Override
    Object get(ColumnVector vector, int row) throws IOException {
      UnionColumnVector union = (UnionColumnVector) vector;
      int branch = union.tags[row];
      return columns[branch].read(union.fields[branch], row);
    }

    @Override
    long bytes(Object value) {
      return columns[branch(value)].bytes(value);
    }
  }
}
