package io.kafkahdfs.consumer.write;

import io.kafkahdfs.client.DamagedRecordException;
import io.kafkahdfs.client.KafkaRecord;
import io.kafkahdfs.client.RecordHeader;
import io.kafkahdfs.client.TimestampType;
import io.kafkahdfs.consumer.read.DamageSink;
import io.kafkahdfs.consumer.read.OnBad;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.failure.LoaderException;
import io.kafkahdfs.failure.Quoted;
import io.kafkahdfs.format.EncodeSettings;
import io.kafkahdfs.format.FileFormat;
import io.kafkahdfs.format.spi.Quarantine;
import io.kafkahdfs.format.spi.UnwritableRecordException;
import io.kafkahdfs.offset.OffsetRange;
import io.kafkahdfs.offset.PartitionId;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the bad records of a task attempt: they fail it, or they are left out, or they
 * land in the quarantine, as archive records with the reason. Not for several threads. Once
 * anything was thrown, all is given up.
 */
public final class BadRecords implements DamageSink, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(BadRecords.class);

  /** So many are logged, and named to the driver. */
  private static final int NAMED = 5;

  /** Where its files are, below the attempt's folder. */
  private static final String STAGING = "quarantine";

  /** That of the range that is read, and that of the one that is written. */
  private static final int OPEN_FILES = 2;

  private static final String BEAR =
      " Or set --on-bad quarantine to put bad records aside, or --on-bad skip to leave them out; both"
          + " count them as bad.";

  private final OnBad policy;
  private final Run run;
  private final LaneWriter files;
  private final KafkaRecord held = new KafkaRecord();
  private final List<BadRecord> first = new ArrayList<>();
  private final Map<PartitionId, Long> quarantined = new HashMap<>();
  private long taken;

  /**
   * Touches nothing yet.
   *
   * @param attempt the files of the attempt
   * @param rollBytes see {@link LaneWriter.Limits}
   * @param layout that of the quarantine, or of a part of it
   */
  public BadRecords(OnBad policy, Run run, StagedFiles attempt, long rollBytes, Layout layout) {
    this.policy = policy;
    this.run = run;
    this.files =
        new LaneWriter(
            attempt.within(STAGING),
            run.writer(0),
            layout,
            EncodeSettings.of(FileFormat.AVRO),
            new LaneWriter.Limits(rollBytes, OPEN_FILES, Integer.MAX_VALUE));
  }

  /**
   * Deals with a record that is bad.
   *
   * @param record as it was read, or as a mapper made it
   * @throws LoaderException if bad records fail the run
   */
  void take(KafkaRecord record, UnwritableRecordException why) throws IOException {
    OffsetRange place = new OffsetRange(record.partition(), record.offset(), record.offset() + 1);
    if (policy == OnBad.FAIL) {
      close();
      throw new LoaderException(why.exitCode(), why.getMessage() + BEAR, why);
    }
    Throwable thrown = why.getCause() == null ? why : why.getCause();
    held.setPosition(record.partition(), record.offset());
    held.setTimestamp(record.timestamp(), record.timestampType());
    held.key().showSameAs(record.key());
    held.value().showSameAs(record.value());
    held.setHeaders(Quarantine.with(record.headers(), headers(why.reason(), thrown)));
    hold(new BadRecord(place, Quoted.line(why.reason())));
  }

  @Override
  public void damaged(DamagedRecordException damage) throws IOException {
    if (policy == OnBad.FAIL) {
      close();
      throw damage;
    }
    OffsetRange range = damage.damaged();
    held.setPosition(range.partition(), range.from());
    held.setTimestamp(KafkaRecord.NO_TIMESTAMP, TimestampType.NONE);
    held.key().setNull();
    held.value().set(damage.bytes());
    Throwable thrown = damage.getCause() == null ? damage : damage.getCause();
    List<RecordHeader> headers = headers(damage.what(), thrown);
    headers.add(Quarantine.header(Quarantine.OFFSETS, range.from() + "-" + (range.until() - 1)));
    held.setHeaders(headers);
    hold(new BadRecord(range, Quoted.line(damage.what())));
  }

  private List<RecordHeader> headers(String reason, Throwable thrown) {
    List<RecordHeader> headers = new ArrayList<>();
    headers.add(Quarantine.header(Quarantine.REASON, reason));
    headers.add(Quarantine.header(Quarantine.EXCEPTION, thrown.getClass().getName()));
    headers.add(Quarantine.header(Quarantine.RUN, run.folder().id()));
    headers.add(Quarantine.header(Quarantine.COMMIT, Long.toString(run.commit())));
    return headers;
  }

  private void hold(BadRecord bad) throws IOException {
    if (policy == OnBad.QUARANTINE) {
      if (files.write(held)) {
        quarantined.merge(held.partition(), 1L, Long::sum);
      }
    }
    if (taken++ < NAMED) {
      first.add(bad);
      LOG.warn("Bad: {}", bad);
    }
  }

  /** No more of a partition's records come. */
  void endPartition(PartitionId partition) throws IOException {
    files.endPartition(partition);
  }

  /** How many archive records the quarantine has of a partition. */
  long quarantined(PartitionId partition) {
    return quarantined.getOrDefault(partition, 0L);
  }

  /** The first ones that were bad. */
  List<BadRecord> first() {
    return List.copyOf(first);
  }

  /**
   * Closes all files.
   *
   * @return those of the quarantine
   */
  List<WrittenFile> finish() throws IOException {
    if (taken > NAMED) {
      LOG.warn("{} records were bad, or stretches that could not be read", taken);
    }
    return files.finish().stream().map(file -> file.below(STAGING)).toList();
  }

  /** Gives up, as {@link LaneWriter#close} does. */
  @Override
  public void close() {
    files.close();
  }
}
