package io.kafkahdfs.consumer.verify;

import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.consumer.commit.LandedFile;
import java.util.List;
import java.util.Optional;

/** Holds the records of a file, in their order, against the parts that its commit says it has. */
final class PartCheck {
  private final List<LandedFile.Part> parts;
  private int index;
  private long records;
  private long last;

  /**
   * @param parts at least one
   */
  PartCheck(List<LandedFile.Part> parts) {
    this.parts = parts;
  }

  /**
   * @return why the record does not belong where it is, in words; empty if it does
   */
  Optional<String> take(KafkaRecord record) {
    if (records == part().records() && index + 1 < parts.size()) {
      Optional<String> wrong = endOfPart();
      if (wrong.isPresent()) {
        return wrong;
      }
      index++;
      records = 0;
    }
    boolean fits =
        part().id().equals(record.partition())
            && record.offset() <= part().lastOffset()
            && (records == 0 ? record.offset() == part().firstOffset() : record.offset() >= last);
    if (!fits) {
      return Optional.of("where " + part() + " are expected");
    }
    last = record.offset();
    records++;
    return Optional.empty();
  }

  /**
   * @return what is missing, or too many; empty if all is there
   */
  Optional<String> end() {
    if (index + 1 < parts.size()) {
      return Optional.of("it ends within its part number " + index + ", " + part());
    }
    return endOfPart();
  }

  private Optional<String> endOfPart() {
    if (records != part().records()) {
      return Optional.of(
          "it has " + records + " records, not " + part().records() + ", of " + part());
    }
    return last == part().lastOffset()
        ? Optional.empty()
        : Optional.of("it ends with the offset " + last + " where " + part() + " are expected");
  }

  private LandedFile.Part part() {
    return parts.get(index);
  }
}
