package io.kafkahdfs.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChildMainTest {
  @Test
  @Timeout(60)
  void aChildAndItsOwnChildDieWithAParentThatWasKilled() throws Exception {
    Process parent = start(Parent.class.getName());
    BufferedReader out = parent.inputReader();
    ProcessHandle child = handle(out.readLine());
    ProcessHandle grandchild = handle(out.readLine());
    assertThat(child.isAlive()).isTrue();
    assertThat(grandchild.isAlive()).isTrue();

    parent.destroyForcibly();

    child.onExit().get(30, TimeUnit.SECONDS);
    grandchild.onExit().get(30, TimeUnit.SECONDS);
  }

  @Test
  @Timeout(60)
  void theExitCodeIsThatOfTheMainClass() throws Exception {
    Process process = start(ChildMain.class.getName(), Exits.class.getName(), "42");

    assertThat(process.waitFor()).isEqualTo(42);
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static Process start(String... mainAndArgs) throws IOException {
    String[] command = new String[mainAndArgs.length + 3];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-cp";
    command[2] = System.getProperty("java.class.path");
    System.arraycopy(mainAndArgs, 0, command, 3, mainAndArgs.length);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Starts a child, passes on what it prints, and never ends by itself. */
  static final class Parent {
    public static void main(String[] args) throws IOException {
      Process child = start(ChildMain.class.getName(), Child.class.getName());
      System.out.println(child.pid());
      System.out.println(child.inputReader().readLine());
      waitForever();
    }
  }

  /** Starts a process, tells its id, and never ends by itself. */
  static final class Child {
    public static void main(String[] args) throws IOException {
      Process grandchild = start(Sleeper.class.getName());
      System.out.println(grandchild.pid());
      waitForever();
    }
  }

  /** Never ends by itself. */
  static final class Sleeper {
    public static void main(String[] args) {
      waitForever();
    }
  }

  /** Ends with the exit code that it is given. */
  static final class Exits {
    public static void main(String[] args) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private static void waitForever() {
    while (true) {
      LockSupport.park();
    }
  }
}
