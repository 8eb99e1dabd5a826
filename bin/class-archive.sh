# Lets the JVM that launch.sh starts take its classes from an archive, which saves a third of a small
# run's processor time: the first run that has a job writes down which classes it has loaded, the next
# one has an archive made of them, by a JVM of its own, and from then on it is used.
#
#   KAFKA_HDFS_CLASS_ARCHIVE   the folder for the archives, which belongs to this user alone, or off;
#                              else $XDG_CACHE_HOME/kafka-hdfs, or ~/.cache/kafka-hdfs
#
# An archive belongs to one Java and to the very files of one class path. Whatever is wrong with it
# or with the folder, the command runs without.

without_archive() {
  echo "$name: starts without an archive of its classes, for $1 (KAFKA_HDFS_CLASS_ARCHIVE)" >&2
}

# Sets $archives to the folder.
find_archives() {
  case ${KAFKA_HDFS_CLASS_ARCHIVE:-} in
    off) return 1 ;;
    ?*) archives=$KAFKA_HDFS_CLASS_ARCHIVE ;;
    *)
      [ -n "${XDG_CACHE_HOME:-${HOME:-}}" ] || return 1
      archives=${XDG_CACHE_HOME:-$HOME/.cache}/kafka-hdfs
      ;;
  esac
  if ! mkdir -p -m 700 "$archives" 2>/dev/null || [ ! -w "$archives" ]; then
    without_archive "$archives cannot be written"
    return 1
  fi
  # Code comes from there.
  if [ ! -O "$archives" ] || [ -n "$(find "$archives" -prune \( -perm -020 -o -perm -002 \))" ]; then
    without_archive "others than this user may write to $archives"
    return 1
  fi
}

# Makes the archive of the classes that an earlier run has written down.
make_archive() {
  echo "$name: making an archive of its classes in $archives, once: later runs start faster" >&2
  if ! "$java" $compiler -Xshare:dump -XX:SharedClassListFile="$1" -XX:SharedArchiveFile="$archive.$$" \
    -cp "$classpath" </dev/null >"$archives/$key.log" 2>&1 ||
    ! mv -f "$archive.$$" "$archive"; then
    # Not tried again.
    true >"$archives/$key.failed"
    rm -f "$archive.$$"
    without_archive "none could be made, see $archives/$key.log"
  fi
  # Those of earlier versions.
  for old in "$archives/$id"-*; do
    case $old in
      "$archives/$key".*) ;;
      *) rm -f "$old" ;;
    esac
  done
}

# Sets $sharing to the option for the JVM, and $archive to a file that is there if it is to be used.
choose_sharing() {
  sharing=
  archive=
  # JVMs archive nothing from paths with spaces.
  case $classpath in *' '*) return 0 ;; esac
  find_archives || return 0
  real=$(readlink -f "$java" 2>/dev/null) || real=$java
  id=$name-$(printf '%s' "$home" | cksum | cut -d ' ' -f 1)
  key=$id-$({
    echo "$classpath"
    LC_ALL=C TZ=UTC ls -lL "$real" "${real%/bin/java}/release" "$jar" "$client"
  } 2>/dev/null | cksum | cut -d ' ' -f 1)
  archive=$archives/$key.jsa
  if [ ! -f "$archive" ] && [ ! -f "$archives/$key.failed" ]; then
    for list in "$archives/$key".classes.*; do
      if [ ! -f "$list" ] || kill -0 "${list##*.}" 2>/dev/null; then
        continue
      fi
      if [ ! -f "$archive" ] && grep -Eq '^org/apache/hadoop/mapreduce/Job( |$)' "$list"; then
        make_archive "$list"
      fi
      rm -f "$list"
    done
  fi
  if [ -f "$archive" ]; then
    sharing=-XX:SharedArchiveFile=$archive
  elif [ ! -f "$archives/$key.failed" ]; then
    sharing=-XX:DumpLoadedClassList=$archives/$key.classes.$$
  fi
}
