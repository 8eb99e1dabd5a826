package io.kafkahdfs.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.failure.LoaderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the local file system; what HDFS alone has, files that are still written, InputIT tests. */
class InputListerTest {
  private final InputLister lister = new InputLister(new Configuration());

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private InputListing list(String... inputs) throws IOException {
    return lister.list(List.of(inputs).stream().map(input -> folder + "/" + input).toList());
  }

  private List<String> names(List<String> paths) {
    String root = "file:" + folder + "/";
    return paths.stream().map(path -> path.substring(root.length())).toList();
  }

  private List<String> found(InputListing listing) {
    return names(listing.files().stream().map(InputFile::path).toList());
  }

  @Test
  void filesFoldersAndGlobsAreFoundOnceAndInOrder() throws IOException {
    write("b/2", "22");
    write("b/deep/er/3", "333");
    write("a/1", "1");
    write("c/4", "4444");
    InputListing listing = list("c/4", "b", "a/*", "b/2");

    assertThat(found(listing)).containsExactly("a/1", "b/2", "b/deep/er/3", "c/4");
    assertThat(listing.files()).extracting(InputFile::length).containsExactly(1L, 2L, 3L, 4L);
    assertThat(listing.open()).isEmpty();
    assertThat(listing.hidden()).isEmpty();
  }

  @Test
  void hiddenNamesArePassedOverUnlessTheyAreNamed() throws IOException {
    write("in/a", "1");
    write("in/_SUCCESS", "");
    write("in/.hidden", "");
    write("in/b._COPYING_", "half");
    write("in/_logs/x", "1");
    InputListing listing = list("in");

    assertThat(found(listing)).containsExactly("in/a");
    assertThat(names(listing.hidden()))
        .containsExactly("in/.hidden", "in/_SUCCESS", "in/_logs", "in/b._COPYING_");
    assertThat(found(list("in/*"))).containsExactly("in/a");
    assertThat(found(list("in/_*"))).containsExactly("in/_SUCCESS", "in/_logs/x");
    assertThat(found(list("in/_logs"))).containsExactly("in/_logs/x");
    assertThat(found(list("in/*._COPYING_"))).containsExactly("in/b._COPYING_");
  }

  @Test
  void anInputThatMeansNothingIsAnError() throws IOException {
    write("in/_SUCCESS", "");
    for (String nothing : List.of("missing", "in/x*")) {
      assertThatThrownBy(() -> list("in/_SUCCESS", nothing))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining(nothing)
          .hasMessageContaining("--input");
    }
    assertThatThrownBy(() -> list("in/*"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("in/*")
        .hasMessageContaining("_SUCCESS");
    Files.createDirectories(folder.resolve("empty"));
    assertThat(list("empty").files()).as("a folder may be empty").isEmpty();
  }

  @Test
  void inputsAreQualified() throws IOException {
    assertThat(lister.qualified(List.of("/a/b*", "file:///c")))
        .containsExactly("file:/a/b*", "file:/c");
    assertThat(lister.qualified(List.of("x")))
        .first()
        .asString()
        .startsWith("file:/")
        .endsWith("/x");
  }

  @Test
  void whatHasChangedSinceIsNamed() throws IOException {
    write("in/gone", "1");
    write("in/longer", "1");
    write("in/same", "1");
    write("in/anew", "1");
    List<InputFile> planned = list("in").files();
    assertThatCode(() -> lister.checkUnchanged(planned)).doesNotThrowAnyException();

    Files.delete(folder.resolve("in/gone"));
    Path longer = folder.resolve("in/longer");
    Files.writeString(longer, "12");
    Path anew = folder.resolve("in/anew");
    FileTime before = Files.getLastModifiedTime(anew);
    Files.setLastModifiedTime(anew, FileTime.fromMillis(before.toMillis() + 5_000));

    String in = "file:" + folder + "/in/";
    assertThat(lister.changes(planned))
        .containsExactly(
            in + "anew was written anew", in + "gone is gone", in + "longer has 2 bytes, not 1");
    assertThatThrownBy(() -> lister.checkUnchanged(planned))
        .isInstanceOf(LoaderException.class)
        .hasMessageContaining("gone is gone")
        .hasMessageContaining("--export-id");
  }
}
