package io.kafkahdfs.consumer.config;

import io.kafkahdfs.client.TopicFilter;
import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import java.util.List;
import java.util.Set;

/** Which topics the settings ask for. */
public final class TopicSelection {
  private TopicSelection() {}

  /**
   * @throws InvalidSettingException if they ask for none
   */
  public static TopicFilter of(Settings settings) throws InvalidSettingException {
    if (!settings.isGiven(LoadSettings.TOPICS) && !settings.isGiven(LoadSettings.INCLUDE)) {
      throw new InvalidSettingException(
          "No topics are given. Name them with --topic, or set a pattern with --include.");
    }
    return new TopicFilter(
        Set.copyOf(settings.find(LoadSettings.TOPICS).orElse(List.of())),
        settings.find(LoadSettings.INCLUDE),
        settings.find(LoadSettings.EXCLUDE));
  }
}
