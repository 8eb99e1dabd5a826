package io.kafkahdfs.consumer.job;

import io.kafkahdfs.config.Settings;
import io.kafkahdfs.consumer.commit.LoaderCommitter;
import io.kafkahdfs.consumer.config.BadSettings;
import io.kafkahdfs.consumer.config.FileSettings;
import io.kafkahdfs.consumer.config.KafkaConnection;
import io.kafkahdfs.consumer.config.ValueSettings;
import io.kafkahdfs.consumer.read.TaskReads;
import io.kafkahdfs.consumer.state.Run;
import io.kafkahdfs.consumer.state.RunFolder;
import io.kafkahdfs.consumer.write.BadRecords;
import io.kafkahdfs.consumer.write.LaneWriter;
import io.kafkahdfs.consumer.write.Layout;
import io.kafkahdfs.consumer.write.LoaderRecordWriter;
import io.kafkahdfs.consumer.write.MarkedLayout;
import io.kafkahdfs.consumer.write.QuarantineLayout;
import io.kafkahdfs.consumer.write.StagedFiles;
import io.kafkahdfs.consumer.write.Wanted;
import io.kafkahdfs.format.Encoding;
import io.kafkahdfs.format.spi.WriteOptions;
import io.kafkahdfs.record.KafkaRecordWritable;
import io.kafkahdfs.state.Json;
import io.kafkahdfs.store.FileStore;
import io.kafkahdfs.store.HadoopFileStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.OutputFormat;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.security.TokenCache;

/** Lands records in files and commits them together with their offsets. */
public final class LoaderOutputFormat extends OutputFormat<LongWritable, KafkaRecordWritable> {
  /** What HDFS's client takes for an open file. */
  private static final long STREAM_BYTES = 6L << 20;

  private static final int MOST_FILES = 256;
  private static final int MOST_FOLDERS = 10_000;

  /** Fetches what a secured cluster needs to write to the output's file system. */
  @Override
  public void checkOutputSpecs(JobContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    TokenCache.obtainTokensForNamenodes(
        context.getCredentials(),
        new Path[] {Run.required(configuration).folder().path()},
        configuration);
  }

  @Override
  public RecordWriter<LongWritable, KafkaRecordWritable> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Configuration configuration = context.getConfiguration();
    Run run = Run.required(configuration);
    Settings settings = KafkaConnection.settings(configuration);
    FileStore store = HadoopFileStore.of(run.folder().path(), configuration);
    UnaryOperator<Layout> chosen = chosen(run, store);
    Optional<Integer> wanted = settings.find(FileSettings.OPEN_FILES);
    Encoding encoding =
        ValueSettings.encoding(
            settings,
            wanted.map(LoaderOutputFormat::shareOfHeap).orElse(WriteOptions.AS_THE_FORMAT_DOES),
            configuration,
            context.getCredentials());
    Supplier<IndexedRecord> rows =
        encoding.columns().<Supplier<IndexedRecord>>map(each -> each::row).orElse(() -> null);
    StagedFiles staged =
        StagedFiles.sideBySide(
            store, run.folder().attempt(context.getTaskAttemptID()), configuration);
    LaneWriter files =
        new LaneWriter(
            staged,
            run.writer(TaskReads.split(context.getTaskAttemptID())),
            chosen.apply(FileSettings.layout(settings, run.started(), run.previous(), rows)),
            encoding,
            new LaneWriter.Limits(
                settings.get(FileSettings.ROLL_BYTES),
                wanted.orElseGet(
                    () ->
                        openFiles(
                            settings.get(FileSettings.FORMAT).format().lagBytes(configuration))),
                MOST_FOLDERS));
    BadRecords bad =
        new BadRecords(
            settings.get(BadSettings.ON_BAD),
            run,
            staged,
            settings.get(FileSettings.ROLL_BYTES),
            chosen.apply(new QuarantineLayout()));
    return new LoaderRecordWriter(store, run.folder(), files, bad, context);
  }

  /** What a run makes of a layout. */
  private static UnaryOperator<Layout> chosen(Run run, FileStore store) throws IOException {
    return switch (run.purpose()) {
      case LOAD -> UnaryOperator.identity();
      case LOAD_FOR_TABLE -> layout -> new MarkedLayout(layout, run.commit());
      case REPAIR ->
          Json.readSealed(store, run.folder().wanted(), Wanted.class, RunFolder.WAY_OUT)::of;
    };
  }

  @Override
  public OutputCommitter getOutputCommitter(TaskAttemptContext context) throws IOException {
    Configuration configuration = context.getConfiguration();
    Run run = Run.required(configuration);
    return new LoaderCommitter(HadoopFileStore.of(run.folder().path(), configuration), run);
  }

  /** What each of so many files may hold back, beside what HDFS's client does. */
  private static long shareOfHeap(int files) {
    return Runtime.getRuntime().maxMemory() / 8 / files;
  }

  /** An encoder holds back a block, and once more what it is compressed to. */
  private static int openFiles(long lagBytes) {
    long free = Runtime.getRuntime().maxMemory() - StagedFiles.MOST_ENDING * STREAM_BYTES;
    long fitting = free / (STREAM_BYTES + 2 * lagBytes);
    return (int) Math.max(1, Math.min(MOST_FILES, fitting));
  }
}
