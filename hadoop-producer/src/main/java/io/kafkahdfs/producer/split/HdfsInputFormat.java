package io.kafkahdfs.producer.split;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.producer.config.InputSettings;
import io.kafkahdfs.producer.config.TargetConnection;
import io.kafkahdfs.producer.files.InputReading;
import io.kafkahdfs.producer.plan.FilePart;
import io.kafkahdfs.producer.plan.PlannedSplit;
import io.kafkahdfs.producer.read.HdfsRecordReader;
import io.kafkahdfs.producer.read.InputAccount;
import io.kafkahdfs.producer.state.ExportRun;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.TaskFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * The files of an export as the input of its job: the splits that its plan says, but for those that
 * are done. The map's key is the record's number in its split, its value the record.
 */
public final class HdfsInputFormat extends InputFormat<LongWritable, KafkaRecordWritable> {
  private static final int MOST_HOSTS = 3;

  @Override
  public List<InputSplit> getSplits(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    ExportRun run = ExportRun.required(configuration);
    List<InputSplit> splits = new ArrayList<>();
    for (PlannedSplit planned : run.plan(configuration).splits()) {
      if (run.splits().contains(planned.index())) {
        splits.add(new HdfsSplit(planned, hosts(planned, configuration)));
      }
    }
    return splits;
  }

  /** Where the largest part begins; the others may be anywhere. */
  private static List<String> hosts(PlannedSplit split, Configuration configuration)
      throws IOException {
    FilePart largest =
        split.parts().stream()
            .max(java.util.Comparator.comparingLong(FilePart::length))
            .orElseThrow();
    Path path = new Path(largest.file().path());
    Set<String> hosts = new LinkedHashSet<>();
    for (BlockLocation block :
        path.getFileSystem(configuration)
            .getFileBlockLocations(path, largest.start(), Math.min(1, largest.length()))) {
      hosts.addAll(List.of(block.getHosts()));
    }
    return hosts.stream().limit(MOST_HOSTS).toList();
  }

  @Override
  public RecordReader<LongWritable, KafkaRecordWritable> createRecordReader(
      InputSplit split, TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Settings settings = TargetConnection.settings(configuration);
    InputAccount account = new InputAccount(((HdfsSplit) split).planned());
    InputAccount.begin(context.getTaskAttemptID(), account);
    return new HdfsRecordReader(
        account,
        InputReading.of(
            settings,
            TargetConnection.sendsTimestamps(configuration),
            configuration,
            context.getCredentials()),
        settings.get(InputSettings.ON_BAD),
        configuration,
        new HdfsRecordReader.Counts(
            context.getCounter(ExportCounter.RECORDS_READ),
            context.getCounter(ExportCounter.BYTES_READ)),
        TaskFailures.of(context));
  }
}
