package io.kafkahdfs.table.iceberg;

/** What failures of Iceberg and the libraries below it say. */
final class Messages {
  private Messages() {}

  /** A failure and what caused it, as a sentence. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    String last = "";
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message =
          each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
      if (!last.contains(message)) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
        last = message;
      }
    }
    return text.toString().endsWith(".") ? text.toString() : text + ".";
  }
}
