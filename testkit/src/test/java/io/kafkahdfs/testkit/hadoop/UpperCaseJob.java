package io.kafkahdfs.testkit.hadoop;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/** A job with one mapper. It fails if the client or a task can see the class path of the tests. */
public final class UpperCaseJob {
  private UpperCaseJob() {}

  /**
   * @param args a file, and a folder that must not exist
   */
  public static void main(String[] args) throws Exception {
    refuseTheTestsClassPath();
    Job job = Job.getInstance(new Configuration(), "upper case");
    job.setJarByClass(UpperCaseJob.class);
    job.setMapperClass(Upper.class);
    job.setNumReduceTasks(0);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(NullWritable.class);
    FileInputFormat.addInputPath(job, new Path(args[0]));
    FileOutputFormat.setOutputPath(job, new Path(args[1]));
    boolean done = job.waitForCompletion(false);
    System.out.println("done: " + done);
    System.exit(done ? 0 : 3);
  }

  private static void refuseTheTestsClassPath() {
    try {
      Class.forName("org.junit.jupiter.api.Test");
    } catch (ClassNotFoundException e) {
      return;
    }
    throw new IllegalStateException("The class path of the tests can be seen");
  }

  /** Writes each line in upper case. */
  public static final class Upper extends Mapper<LongWritable, Text, Text, NullWritable> {
    @Override
    protected void setup(Context context) {
      refuseTheTestsClassPath();
    }

    @Override
    protected void map(LongWritable position, Text line, Context context)
        throws IOException, InterruptedException {
      context.write(new Text(line.toString().toUpperCase(Locale.ROOT)), NullWritable.get());
    }
  }
}
