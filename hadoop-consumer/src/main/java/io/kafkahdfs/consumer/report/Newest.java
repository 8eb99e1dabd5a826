package io.kafkahdfs.consumer.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest of many events, and how many there were. */
final class Newest<T> {
  private final int most;
  private final Deque<T> newest = new ArrayDeque<>();
  private int all;

  /**
   * @param most how many to keep
   */
  Newest(int most) {
    this.most = most;
  }

  void add(T event) {
    newest.addFirst(event);
    all++;
    if (newest.size() > most) {
      newest.removeLast();
    }
  }

  /** The newest first. */
  List<T> list() {
    return List.copyOf(newest);
  }

  int all() {
    return all;
  }
}
