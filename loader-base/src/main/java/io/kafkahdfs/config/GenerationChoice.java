package io.kafkahdfs.config;

import io.kafkahdfs.client.Generation;
import java.util.Optional;

/** Which of Kafka's protocols the user wants. */
public enum GenerationChoice {
  /** The one that fits; detected by asking. */
  AUTO(null),
  /** That of Kafka 0.8.2 and 0.9. */
  LEGACY(Generation.LEGACY),
  /** That of Kafka 0.10.2 and newer. */
  MODERN(Generation.MODERN);

  private final Generation generation;

  GenerationChoice(Generation generation) {
    this.generation = generation;
  }

  /** Empty if it is to be detected. */
  public Optional<Generation> generation() {
    return Optional.ofNullable(generation);
  }
}
