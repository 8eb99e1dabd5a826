package io.kafkahdfs.command;

import java.io.File;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Hadoop's parser takes its options only before all others. People write them anywhere; this moves
 * them to the front.
 */
public final class HadoopOptions {
  private static final Set<String> WITH_VALUE =
      Set.of("-D", "-conf", "-fs", "-jt", "-files", "-libjars", "-archives", "-tokenCacheFile");

  private HadoopOptions() {}

  /**
   * @throws FileNotFoundException if the file of a -conf does not exist, which Hadoop would pass
   *     over
   */
  public static String[] first(String[] arguments) throws FileNotFoundException {
    List<String> hadoops = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (WITH_VALUE.contains(argument) && i + 1 < arguments.length) {
        String value = arguments[++i];
        if (argument.equals("-conf") && !new File(new Path(value).toUri().getPath()).exists()) {
          throw new FileNotFoundException("There is no file " + value);
        }
        hadoops.add(argument);
        hadoops.add(value);
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
