package io.kafkahdfs.examples;

import io.kafkahdfs.producer.config.ExportSettings;
import io.kafkahdfs.producer.send.KafkaOutputFormat;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.conf.Configured;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.util.Tool;
import org.apache.hadoop.util.ToolRunner;

/**
 * Counts words, and sends each with its count to a topic: a MapReduce job whose reducers write to
 * Kafka.
 */
public final class WordCountToKafka extends Configured implements Tool {
  /** Writes each word of a line with a one. */
  public static final class SplitMapper extends Mapper<LongWritable, Text, Text, LongWritable> {
    private static final LongWritable ONE = new LongWritable(1);
    private final Text word = new Text();

    @Override
    protected void map(LongWritable position, Text line, Context context)
        throws IOException, InterruptedException {
      for (String found : line.toString().split("\\W+")) {
        if (!found.isEmpty()) {
          word.set(found);
          context.write(word, ONE);
        }
      }
    }
  }

  /** Sums up; the word becomes the record's key, the sum in digits its value. */
  public static final class SumReducer extends Reducer<Text, LongWritable, Text, Text> {
    private final Text value = new Text();

    @Override
    protected void reduce(Text word, Iterable<LongWritable> counts, Context context)
        throws IOException, InterruptedException {
      long sum = 0;
      for (LongWritable count : counts) {
        sum += count.get();
      }
      value.set(String.valueOf(sum));
      context.write(word, value);
    }
  }

  /**
   * @param arguments the brokers, the input and the topic
   */
  @Override
  public int run(String[] arguments) throws Exception {
    Job job = Job.getInstance(getConf(), "word count to Kafka");
    job.setJarByClass(WordCountToKafka.class);
    job.setMapperClass(SplitMapper.class);
    job.setReducerClass(SumReducer.class);
    job.setMapOutputKeyClass(Text.class);
    job.setMapOutputValueClass(LongWritable.class);
    // Two attempts of one task at a time would send everything twice.
    job.setSpeculativeExecution(false);
    job.setOutputFormatClass(KafkaOutputFormat.class);
    KafkaOutputFormat.set(job, ExportSettings.BOOTSTRAP_SERVERS, arguments[0]);
    FileInputFormat.addInputPath(job, new Path(arguments[1]));
    KafkaOutputFormat.set(job, ExportSettings.TOPIC, arguments[2]);
    return job.waitForCompletion(true) ? 0 : 1;
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(ToolRunner.run(new Configuration(), new WordCountToKafka(), arguments));
  }
}
