#!/bin/sh
# Runs a command of the loader from cron: appends what it says to a log, and calls for a human only
# when one is needed.
#
#   run-load.sh NAME COMMAND [ARGUMENT...]
#   run-load.sh page-views kafka-to-hdfs --config /etc/kafka-hdfs/page-views.properties
#
# NAME names the log and the state; two crontab lines need two names. The environment says the rest:
#   LOG_DIR        where NAME.log is written; /var/log/kafka-hdfs unless set
#   STATE_DIR      where counts are kept; LOG_DIR unless set
#   ALERT          the command to call with a message as its one argument; what it prints, cron
#                  mails. Unless set, the message is only printed.
#   ALERT_BUSY     after how many runs in a row that found another one going on (exit code 3); 0 for
#                  never. 12 unless set
#   ALERT_UNREACHABLE  after how many runs in a row that did not reach Kafka (5) or HDFS (6); 3
#                  unless set
# Every other exit code but 0 calls at once. It ends with the exit code of the command.
set -u

if [ $# -lt 2 ]; then
  echo "usage: run-load.sh NAME COMMAND [ARGUMENT...]" >&2
  exit 2
fi
name=$1
shift

logs=${LOG_DIR:-/var/log/kafka-hdfs}
state=${STATE_DIR:-$logs}
busy_limit=${ALERT_BUSY:-12}
unreachable_limit=${ALERT_UNREACHABLE:-3}
log=$logs/$name.log
count_file=$state/$name.count

alert() {
  if [ -n "${ALERT:-}" ]; then
    "$ALERT" "$1" || echo "$1 (and the alert command $ALERT failed)" >&2
  else
    echo "$1" >&2
  fi
}

stamp() {
  date -u '+%Y-%m-%dT%H:%M:%SZ'
}

for limit in "$busy_limit" "$unreachable_limit"; do
  case $limit in
    '' | *[!0-9]*)
      alert "$name: ALERT_BUSY and ALERT_UNREACHABLE are numbers of runs, and one is '$limit'."
      exit 2
      ;;
  esac
done
for folder in "$logs" "$state"; do
  if [ ! -d "$folder" ] || [ ! -w "$folder" ]; then
    alert "$name: there is no writable folder $folder (LOG_DIR, STATE_DIR) on $(uname -n)."
    exit 1
  fi
done

echo "$(stamp) $name begins" >>"$log"
"$@" >>"$log" 2>&1 </dev/null
code=$?
echo "$(stamp) $name ends with exit code $code" >>"$log"

# How often the last runs have ended like this one, without one that did not.
case $code in
  3) kind=busy limit=$busy_limit ;;
  5 | 6) kind=unreachable limit=$unreachable_limit ;;
  *) kind= limit=1 ;;
esac
if [ -z "$kind" ]; then
  rm -f "$count_file"
  count=1
else
  before=0
  last=
  [ -f "$count_file" ] && read -r last before <"$count_file"
  case $before in
    '' | *[!0-9]*) before=0 ;;
  esac
  [ "$last" = "$kind" ] || before=0
  count=$((before + 1))
  echo "$kind $count" >"$count_file"
fi

if [ "$code" -ne 0 ] && [ "$limit" -gt 0 ] && [ $((count % limit)) -eq 0 ]; then
  case $code in
    2) what="a setting is wrong" ;;
    3) what="another run has been going on, $count runs in a row" ;;
    4) what="retention removed records before they were read" ;;
    5) what="Kafka is not reachable, $count runs in a row" ;;
    6) what="HDFS is not usable, $count runs in a row" ;;
    *) what="it failed" ;;
  esac
  alert "$name: $what (exit code $code). See $log on $(uname -n)."
fi
exit "$code"
