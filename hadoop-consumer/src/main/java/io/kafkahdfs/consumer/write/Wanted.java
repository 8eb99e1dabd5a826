package io.kafkahdfs.consumer.write;

import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import io.kafkahdfs.state.StoredValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which records a run lands of those that it reads: those of folders whose files are missing.
 *
 * @param commit the number of the commit that is to be made
 * @param places those of a folder and a partition do not overlap
 */
public record Wanted(long commit, List<Place> places) {
  public Wanted {
    places = List.copyOf(places);
    StoredValue.notNegative("wanted", commit);
  }

  /**
   * @param folder below the output root
   * @param range the offsets that files there had
   */
  public record Place(String folder, OffsetRange range) {
    public Place {
      StoredValue.below(folder);
    }
  }

  /** A layout that has lanes for these records only, whose files have names of their own. */
  public Layout of(Layout layout) {
    Map<String, Map<PartitionId, NavigableMap<Long, OffsetRange>>> ranges = new HashMap<>();
    for (Place place : places) {
      ranges
          .computeIfAbsent(place.folder(), ignored -> new HashMap<>())
          .computeIfAbsent(place.range().partition(), ignored -> new TreeMap<>())
          .put(place.range().from(), place.range());
    }
    return new MarkedLayout(new WantedLayout(layout, ranges), commit);
  }
}
