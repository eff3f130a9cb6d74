#!/bin/sh
# check.sh BASE CHANGE JOBS HISTORY: checks the settings in the directory CHANGE, and prints as Markdown which notifications of the
# replayed history they add, drop and move for each person, compared with those in BASE. Exits with 1 if the settings have problems.
# CI_NOTIFY is the command to run, such as "docker run --rm -v /src:/src -w /src IMAGE".
set -u
notify=${CI_NOTIFY:-ci-notify}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

block() {
  echo '````'
  # Names of jobs and tests are untrusted: nothing ends the block.
  sed 's/````*/`/g' | head -c 50000
  echo '````'
}

echo '<!-- ci-notify settings -->'
# shellcheck disable=SC2086 # CI_NOTIFY is a command with its arguments.
if ! $notify check-config --config "$2" --job-config-path "$3" >"$out" 2>&1; then
  echo 'The settings have problems:'
  echo
  block <"$out"
  exit 1
fi
# shellcheck disable=SC2086
$notify replay --config "$1" --compare "$2" --job-config-path "$3" --history "$4" --skip-bad-lines >"$out" 2>&1
case $? in
0) echo 'These settings change no notification of the replayed history.' ;;
3)
  echo 'What these settings change, for each person and message (+ more, - fewer, > at another time):'
  echo
  sed -n '/^With the other configuration/,/^$/p' "$out" | block
  ;;
*)
  echo 'The history could not be replayed:'
  echo
  block <"$out"
  exit 1
  ;;
esac
