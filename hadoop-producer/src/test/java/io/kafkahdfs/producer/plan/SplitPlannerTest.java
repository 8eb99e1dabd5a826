package io.kafkahdfs.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkahdfs.run.MapCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {
  private static final long MIB = 1 << 20;
  private static final Predicate<InputFile> WHOLE = file -> false;
  private static final Predicate<InputFile> CUT = file -> true;

  private static InputFile file(String name, long length) {
    return new InputFile("/in/" + name, length, 0);
  }

  private static List<PlannedSplit> plan(int maps, Predicate<InputFile> mayCut, InputFile... in) {
    return SplitPlanner.plan(
        List.of(in), new MapCount(Optional.of(maps), new Configuration(false)), mayCut);
  }

  /** Every byte of every file is in one part, and parts of a file follow on each other. */
  private static void assertHoldsAll(List<PlannedSplit> splits, InputFile... files) {
    for (InputFile file : files) {
      List<FilePart> parts = new ArrayList<>();
      splits.forEach(
          split -> split.parts().stream().filter(p -> p.file().equals(file)).forEach(parts::add));
      parts.sort(java.util.Comparator.comparingLong(FilePart::start));
      long end = 0;
      for (FilePart part : parts) {
        assertThat(part.start()).as("%s of %s", part, file).isEqualTo(end);
        end += part.length();
      }
      assertThat(end).as("%s", file).isEqualTo(file.length());
    }
  }

  @Test
  void whatHoldsNothingMakesNoSplit() {
    assertThat(plan(4, CUT)).isEmpty();
    assertThat(plan(4, CUT, file("empty", 0))).isEmpty();
    assertThat(plan(4, WHOLE, file("empty", 0), file("a", 5)).get(0).parts())
        .containsExactly(new FilePart(file("a", 5), 0, 5));
  }

  @Test
  void aFileThatMayNotBeCutIsOnePart() {
    InputFile large = file("large", 100 * MIB);
    InputFile small = file("small", MIB);
    List<PlannedSplit> splits = plan(5, WHOLE, large, small);

    assertThat(splits).hasSize(2);
    assertHoldsAll(splits, large, small);
    assertThat(splits).allSatisfy(split -> assertThat(split.parts()).hasSize(1));
  }

  @Test
  void aFileThatMayBeCutIsSharedByTasks() {
    InputFile odd = file("odd", 10 * MIB + 7);
    List<PlannedSplit> splits = plan(3, CUT, odd);

    assertThat(splits).extracting(PlannedSplit::index).containsExactly(0, 1, 2);
    assertHoldsAll(splits, odd);
    assertThat(splits).allSatisfy(split -> assertThat(split.bytes()).isBetween(3 * MIB, 4 * MIB));
  }

  @Test
  void smallFilesShareASplitAndSplitsGetAboutTheSame() {
    InputFile[] files = new InputFile[100];
    for (int i = 0; i < files.length; i++) {
      files[i] = file("f%03d".formatted(i), (i + 1) * 100_000L);
    }
    List<PlannedSplit> splits = plan(4, WHOLE, files);

    assertThat(splits).hasSize(4);
    assertHoldsAll(splits, files);
    long all = splits.stream().mapToLong(PlannedSplit::bytes).sum();
    assertThat(splits)
        .allSatisfy(
            split -> {
              assertThat(split.bytes()).isBetween(all / 4 * 9 / 10, all / 4 * 11 / 10);
              assertThat(split.parts())
                  .extracting(part -> part.file().path())
                  .as("in the order of their paths")
                  .isSorted();
            });
  }

  @Test
  void openingAFileCountsToo() {
    InputFile[] files = new InputFile[11];
    for (int i = 0; i < 10; i++) {
      files[i] = file("tiny" + i, 1);
    }
    files[10] = file("large", 10 * MIB);
    List<PlannedSplit> splits = plan(2, WHOLE, files);

    assertThat(splits).extracting(split -> split.parts().size()).containsExactly(1, 10);
  }

  @Test
  void withoutAWishTheBytesSayHowMany() {
    assertThat(unasked(file("a", 255 * MIB))).hasSize(1);
    assertThat(unasked(file("a", 256 * MIB))).as("opening it counts").hasSize(2);
    assertThat(unasked(file("a", 100_000 * MIB))).as("at most").hasSize(20);
  }

  private static List<PlannedSplit> unasked(InputFile file) {
    return SplitPlanner.plan(
        List.of(file), new MapCount(Optional.empty(), new Configuration(false)), CUT);
  }

  @Test
  void theSameFilesGiveTheSameSplits() {
    InputFile[] files = {file("a", 5 * MIB), file("b", 5 * MIB), file("c", 7 * MIB)};
    List<PlannedSplit> splits = plan(3, CUT, files);

    assertThat(plan(3, CUT, files)).isEqualTo(splits);
    assertThat(splits).extracting(PlannedSplit::fingerprint).doesNotHaveDuplicates();
    InputFile written = new InputFile(files[0].path(), files[0].length(), 1);
    assertThat(plan(3, CUT, written, files[1], files[2]))
        .as("a file that was written anew is another one")
        .extracting(PlannedSplit::fingerprint)
        .isNotEqualTo(splits.stream().map(PlannedSplit::fingerprint).toList());
  }
}
