package io.kafkahdfs.run;

import io.kafkahdfs.config.InvalidSettingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Mapper;

/** Finds the mapper that a user names. */
public final class Mappers {
  private Mappers() {}

  /**
   * @throws InvalidSettingException if there is no such class, or it is no mapper that can be made
   */
  @SuppressWarnings("rawtypes")
  public static Class<? extends Mapper> find(String name, Configuration configuration)
      throws InvalidSettingException {
    Class<?> found;
    try {
      found = configuration.getClassByName(name);
    } catch (ClassNotFoundException e) {
      throw new InvalidSettingException(
          "There is no class "
              + name
              + ", given as --mapper. Give the jar that holds it with -libjars, before all other"
              + " options, and its full name with the package.");
    }
    if (!Mapper.class.isAssignableFrom(found)) {
      throw new InvalidSettingException(
          name + ", given as --mapper, does not extend " + Mapper.class.getName() + ".");
    }
    try {
      found.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw new InvalidSettingException(
          name + ", given as --mapper, has no constructor without parameters.");
    }
    return found.asSubclass(Mapper.class);
  }
}
