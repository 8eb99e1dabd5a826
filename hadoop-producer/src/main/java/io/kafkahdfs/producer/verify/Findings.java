package io.kafkahdfs.producer.verify;

import java.util.ArrayList;
import java.util.List;

/** What a check has found, in words. */
final class Findings {
  final List<String> wrong = new ArrayList<>();
  final List<String> remarks = new ArrayList<>();
}
