package io.kafkahdfs.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs another main class, and dies with the JVM that started this one, however that one ends: the
 * standard input is a pipe from the parent, and closes with it. What this process has started dies
 * too. Must stay one class file that needs nothing: it is copied alone onto the class path of what
 * it runs.
 */
public final class ChildMain {
  private ChildMain() {}

  /**
   * @param args the main class, and its arguments
   */
  public static void main(String[] args) throws Throwable {
    InputStream parent = System.in;
    System.setIn(InputStream.nullInputStream());
    Thread watch = new Thread(() -> dieWith(parent), "parent watch");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Where this class is, for the class path of what it runs. */
  public static Path location() {
    return location(ChildMain.class);
  }

  /** The jar or the folder that a class is in. */
  public static Path location(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void dieWith(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        // The parent writes nothing; only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(137);
  }
}
