package io.kafkahdfs.command;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Runs the main class of a jar, as Hadoop's {@code RunJar} does, but of one that is on the class
 * path: a JVM takes classes from an archive only if all of the class path are jars. Folders with
 * configuration are therefore not on it; they are looked into by the context class loader, which
 * Hadoop and its logging ask.
 *
 * <p>Its arguments are the jar and those of the main class.
 */
public final class Launcher {
  /** The system property that names the folders, as a class path does. */
  private static final String FOLDERS = "kafkahdfs.folders";

  /** The system property that names the archive, if there is one. */
  private static final String ARCHIVE = "kafkahdfs.archive";

  private Launcher() {}

  public static void main(String[] arguments) throws Throwable {
    String archive = System.getProperty(ARCHIVE);
    // A JVM that cannot use what it was given takes its classes from nowhere else either.
    if (archive != null && !System.getProperty("java.vm.info", "").contains("sharing")) {
      System.err.println(
          "Starting without the archive of classes "
              + archive
              + ", which is damaged, or not for this JVM's options. Remove it, and later runs make"
              + " another one; KAFKA_HDFS_CLASS_ARCHIVE=off goes without.");
    }
    Thread.currentThread()
        .setContextClassLoader(
            new FoldersFirst(
                folders(System.getProperty(FOLDERS, "")), Launcher.class.getClassLoader()));
    String main;
    try (JarFile jar = new JarFile(arguments[0])) {
      main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) own);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static URL[] folders(String paths) throws MalformedURLException {
    String[] split = paths.isEmpty() ? new String[0] : paths.split(File.pathSeparator);
    URL[] folders = new URL[split.length];
    for (int i = 0; i < split.length; i++) {
      folders[i] = new File(split[i]).toURI().toURL();
    }
    return folders;
  }

  /** What is in the folders wins, as it does where they come first in a class path. */
  private static final class FoldersFirst extends URLClassLoader {
    FoldersFirst(URL[] folders, ClassLoader parent) {
      super(folders, parent);
    }

    @Override
    public URL getResource(String name) {
      URL found = findResource(name);
      return found == null ? super.getResource(name) : found;
    }
  }
}
