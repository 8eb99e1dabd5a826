# What kafka-to-hdfs and hdfs-to-kafka have in common: runs the jar called $name, of the module
# $module, that belongs to the installation in $home.
#
# With the hadoop command of this machine (HADOOP_HOME, or the PATH) if there is one, else with the
# Hadoop client that a checkout builds (in a release: whose jars are put into lib/hadoop); that one
# listens to
#   JAVA_HOME            the Java to run on, 17 or newer
#   HADOOP_CONF_DIR      the folder of core-site.xml and the others
#   HADOOP_CLASSPATH     more classes, such as a mapper's
#   HADOOP_HEAPSIZE_MAX  the largest heap: a number of MB, or with a unit, such as 2g
#   HADOOP_OPTS, HADOOP_CLIENT_OPTS   more options for the JVM
#   KAFKA_HDFS_CLASS_ARCHIVE          see class-archive.sh

fail() {
  echo "$name: $1" >&2
  if [ -f "$home/pom.xml" ]; then
    echo "Build it with: mvn -f '$home/pom.xml' -pl $module,hadoop-runtime -am -DskipTests package" >&2
  fi
  exit 1
}

jar=
for folder in "$home/lib" "$home/$module/target"; do
  if [ -f "$folder/$name.jar" ]; then
    jar=$folder/$name.jar
    break
  fi
done
[ -n "$jar" ] || fail "$name.jar is neither in $home/lib nor in $home/$module/target."

# The jar runs as it is; unpacking it first would only take time.
HADOOP_CLIENT_SKIP_UNJAR=${HADOOP_CLIENT_SKIP_UNJAR:-true}
export HADOOP_CLIENT_SKIP_UNJAR

if [ -n "${HADOOP_HOME:-}" ] && [ -x "$HADOOP_HOME/bin/hadoop" ]; then
  exec "$HADOOP_HOME/bin/hadoop" jar "$jar" "$@"
elif command -v hadoop >/dev/null 2>&1; then
  exec hadoop jar "$jar" "$@"
fi

client=
for folder in "$home/lib/hadoop" "$home/hadoop-runtime/target/hadoop"; do
  if [ -d "$folder" ]; then
    client=$folder
    break
  fi
done
[ -n "$client" ] || fail "there is no hadoop command on the PATH, nor in HADOOP_HOME\
${HADOOP_HOME:+ ($HADOOP_HOME)}. Install the cluster's Hadoop client, or set HADOOP_HOME to its folder."

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || { echo "$name: JAVA_HOME is $JAVA_HOME, which has no bin/java." >&2; exit 1; }
else
  java=$(command -v java) || {
    echo "$name: no java found. Put Java 17 or newer on the PATH, or set JAVA_HOME." >&2
    exit 1
  }
fi

case ${HADOOP_HEAPSIZE_MAX:-} in
  '') heap= ;;
  *[!0-9]*) heap=-Xmx$HADOOP_HEAPSIZE_MAX ;;
  *) heap=-Xmx${HADOOP_HEAPSIZE_MAX}m ;;
esac

folders=$home/conf/logging
[ -z "${HADOOP_CONF_DIR:-}" ] || folders=$folders:$HADOOP_CONF_DIR

# The second compiler takes more processor time than it saves in a run of some GB
# (docs/performance.md); HADOOP_OPTS=-XX:TieredStopAtLevel=4 brings it back.
compiler=-XX:TieredStopAtLevel=1

sharing=
archive=
if [ -z "${HADOOP_CLASSPATH:-}" ]; then
  # A JVM takes classes from an archive only if all of the class path are jars.
  classpath=$client/*:$jar
  . "$home/bin/class-archive.sh"
  choose_sharing || :
  set -- -Dkafkahdfs.folders="$folders" -cp "$classpath" io.kafkahdfs.command.Launcher "$jar" "$@"
else
  set -- -cp "$folders:$client/*:$HADOOP_CLASSPATH" org.apache.hadoop.util.RunJar "$jar" "$@"
fi

# The options are lists of words, not to be taken for patterns.
set -f
# shellcheck disable=SC2086
set -- $compiler $heap ${HADOOP_OPTS:-} ${HADOOP_CLIENT_OPTS:-} "$@"
# Whatever is wrong with an archive, the standard output is not for that.
[ -z "$sharing" ] || set -- "$sharing" -Xlog:disable -Xlog:all=warning:stderr "$@"
[ ! -f "$archive" ] || set -- -XX:+VerifySharedSpaces -Dkafkahdfs.archive="$archive" "$@"
exec "$java" --add-opens=java.base/java.lang=ALL-UNNAMED "$@"
