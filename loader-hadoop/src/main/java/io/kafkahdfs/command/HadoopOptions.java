package io.kafkahdfs.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Hadoop's parser takes its options only before all others. People write them anywhere; this moves
 * them to the front.
 */
public final class HadoopOptions {
  private static final Set<String> WITH_VALUE =
      Set.of("-D", "-conf", "-fs", "-jt", "-files", "-libjars", "-archives", "-tokenCacheFile");

  private HadoopOptions() {}

  public static String[] first(String[] arguments) {
    List<String> hadoops = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (WITH_VALUE.contains(argument) && i + 1 < arguments.length) {
        hadoops.add(argument);
        hadoops.add(arguments[++i]);
      } else if (argument.startsWith("-D")) {
        hadoops.add(argument);
      } else {
        others.add(argument);
      }
    }
    hadoops.addAll(others);
    return hadoops.toArray(String[]::new);
  }
}
