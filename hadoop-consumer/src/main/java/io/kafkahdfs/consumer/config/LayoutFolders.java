package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.plan.LoadIdentity;
import io.kafkahdfs.consumer.write.FolderTemplate;
import java.time.ZoneOffset;
import java.util.List;

/** The folders that a layout makes below the output, before they are filled in. */
public final class LayoutFolders {
  /** What stands behind a template in what is noted of a layout, if it tells times. */
  static final String OF_TIME = " of the ";

  private LayoutFolders() {}

  /**
   * The names of the folders below the output, one in the other, as the layout has them; the topic
   * is filled in if it is the only one.
   */
  public static List<String> of(Settings settings) throws InvalidSettingException {
    List<String> names =
        FileSettings.template(settings)
            .map(FolderTemplate::names)
            .orElse(List.of(FolderTemplate.TOPIC));
    return filled(
        names,
        settings.find(LoadSettings.TOPICS).orElse(List.of()),
        settings.isGiven(LoadSettings.INCLUDE));
  }

  /** Those of an earlier load. */
  public static List<String> of(LoadIdentity load) {
    String note = load.layout() == null ? FolderTemplate.TOPIC : load.layout();
    int time = note.lastIndexOf(OF_TIME);
    String template = time < 0 ? note : note.substring(0, time);
    return filled(
        FolderTemplate.parse(template, ZoneOffset.UTC).names(),
        load.topics(),
        load.include() != null);
  }

  /**
   * @param more whether there may be other topics than those
   */
  private static List<String> filled(List<String> names, List<String> topics, boolean more) {
    return topics.size() == 1 && !more
        ? names.stream().map(name -> name.replace(FolderTemplate.TOPIC, topics.get(0))).toList()
        : names;
  }
}
