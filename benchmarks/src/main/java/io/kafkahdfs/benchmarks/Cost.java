package io.kafkahdfs.benchmarks;

/**
 * What one run of a program cost.
 *
 * @param seconds what it says itself that its work took, without the start of its JVM
 * @param processSeconds from the start of its process to the end
 * @param cpuSeconds of the whole process: all threads, the JVM's own too
 * @param serverSeconds of Kafka and HDFS meanwhile, which run on the same machine
 * @param peakMegabytes the most memory that the process held; 0 where the system does not tell
 */
record Cost(
    double seconds,
    double processSeconds,
    double cpuSeconds,
    double serverSeconds,
    double peakMegabytes) {}
