package io.kafkahdfs.run;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Mapper;

/** Finds classes that a user names in a setting. */
public final class UserClass {
  private UserClass() {}

  /** Finds a mapper. */
  @SuppressWarnings("rawtypes")
  public static Class<? extends Mapper> mapper(
      Setting<String> setting, Settings settings, Configuration configuration)
      throws InvalidSettingException {
    return find(setting, settings.get(setting), Mapper.class, "", configuration);
  }

  /**
   * Finds a class that can be made.
   *
   * @param others what could have been named instead, to follow "no class X"; may be empty
   * @throws InvalidSettingException if there is none of this name, it is not of this type, or it
   *     cannot be made
   */
  public static <T> Class<? extends T> find(
      Setting<String> setting,
      String name,
      Class<T> type,
      String others,
      Configuration configuration)
      throws InvalidSettingException {
    String given = name + ", given as " + setting.options().get(0) + ",";
    Class<?> found;
    try {
      found = configuration.getClassByName(name);
    } catch (ClassNotFoundException e) {
      throw new InvalidSettingException(
          "There is no class "
              + given
              + others
              + " Name the jar that holds it with -libjars, before all other options, and its full"
              + " name with the package.");
    }
    if (!type.isAssignableFrom(found)) {
      throw new InvalidSettingException(
          given
              + (type.isInterface() ? " does not implement " : " does not extend ")
              + type.getName()
              + ".");
    }
    try {
      found.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new InvalidSettingException(given + " has no constructor without parameters.");
    }
    return found.asSubclass(type);
  }
}
