package io.kafkahdfs.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelocatedTextTest {
  /** As in pom.xml. */
  private static final Pattern MOVED =
      Pattern.compile("\"((org\\.apache\\.)?kafka|scala|org\\.apache\\.log4j)\\.[^\"]*\"");

  /** Moving Kafka's classes to other names also changes texts that begin like their names. */
  @Test
  void noMessageBeginsLikeAClassThatIsMoved() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher text = MOVED.matcher(Files.readString(source, StandardCharsets.UTF_8));
        while (text.find()) {
          found.add(source.getFileName() + ": " + text.group());
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
