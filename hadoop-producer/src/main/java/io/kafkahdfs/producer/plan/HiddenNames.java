package io.kafkahdfs.producer.plan;

import io.kafkahdfs.store.HiddenName;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Names that are no input unless somebody asks for them: those that begin with _ or a dot, as
 * MapReduce passes them over, and what {@code hdfs dfs -put} has not finished yet.
 */
final class HiddenNames {
  private static final String UNFINISHED = "._COPYING_";

  private HiddenNames() {}

  static boolean isHidden(String name) {
    return HiddenName.is(name) || name.endsWith(UNFINISHED);
  }

  /**
   * Whether a glob found a path through a hidden name that it does not write out.
   *
   * @param glob with its file system, as the path
   */
  static boolean isPassedOver(Path glob, Path found) {
    List<String> patterns = names(glob);
    List<String> names = names(found);
    boolean sameDepth = patterns.size() == names.size();
    for (int i = 0; i < names.size(); i++) {
      String pattern = sameDepth ? patterns.get(i) : glob.toString();
      if (isHidden(names.get(i)) && !writesOut(pattern, names.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a pattern has what makes a name hidden: {@code _*}, but not {@code *}. */
  private static boolean writesOut(String pattern, String name) {
    if (name.endsWith(UNFINISHED)) {
      return pattern.contains(UNFINISHED);
    }
    String first = name.substring(0, 1);
    return pattern.startsWith(first)
        || pattern.contains("/" + first)
        || pattern.contains("{" + first)
        || pattern.contains("," + first);
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    for (Path at = path; at != null && !at.getName().isEmpty(); at = at.getParent()) {
      names.add(0, at.getName());
    }
    return names;
  }
}
