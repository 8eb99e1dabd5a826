package io.kafkahdfs.format.orc;

import io.kafkahdfs.format.spi.UnwritableRowException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.hadoop.hive.common.type.HiveDecimal;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.TypeDescription;

/** Decimals, which Avro has as the bytes of their digits. */
final class DecimalColumn extends OrcColumn {
  private final Schema schema;
  private final int precision;
  private final int scale;

  DecimalColumn(Schema schema) {
    LogicalTypes.Decimal decimal = (LogicalTypes.Decimal) schema.getLogicalType();
    this.schema = schema;
    this.precision = decimal.getPrecision();
    this.scale = decimal.getScale();
  }

  @Override
  TypeDescription type() {
    return TypeDescription.createDecimal().withScale(scale).withPrecision(precision);
  }

  /**
   * @throws IOException if it has more digits than the schema says: ORC would write null
   */
  @Override
  void put(ColumnVector vector, int row, Object value) throws IOException {
    BigInteger digits = new BigInteger(bytes(value, schema));
    if (new BigDecimal(digits).precision() > precision) {
      throw new UnwritableRowException(
          "has a decimal with more than the " + precision + " digits that its schema allows");
    }
    ((DecimalColumnVector) vector).vector[row].set(HiveDecimal.create(digits, scale));
  }

  private static byte[] bytes(Object value, Schema schema) {
    if (schema.getType() == Schema.Type.FIXED) {
      return ((GenericFixed) value).bytes();
    }
    ByteBuffer buffer = (ByteBuffer) value;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  Object get(ColumnVector vector, int row) {
    byte[] digits =
        ((DecimalColumnVector) vector)
            .vector[row]
            .getHiveDecimal()
            .bigDecimalValue()
            .setScale(scale)
            .unscaledValue()
            .toByteArray();
    if (schema.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(digits);
    }
    byte[] padded = new byte[schema.getFixedSize()];
    int from = padded.length - digits.length;
    Arrays.fill(padded, 0, from, (byte) (digits[0] < 0 ? -1 : 0));
    System.arraycopy(digits, 0, padded, from, digits.length);
    return new GenericData.Fixed(schema, padded);
  }
}
