package io.kafkahdfs.format.typed;

/** Data of two schemas cannot stand in one column without loss. */
final class IncompatibleSchemasException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param path of the field, empty for the whole
   * @param what what is wrong with it: a clause
   */
  IncompatibleSchemasException(String path, String what) {
    super(path.isEmpty() ? "it " + what : "field " + path + " " + what);
  }
}
