#!/bin/sh
# Makes the start-up cache: runs the assembled program once, up to its first messages. train.sh FOLDER; needs what assemble.sh
# made. The cache goes by the names below FOLDER: it may lie elsewhere when it is used.
set -eu
folder=$1
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf training > "$work/hmac"
"$folder/java/bin/java" "@$folder/ci-notify/java.options" -XX:AOTCacheOutput="$folder/ci-notify/app.aot" \
    -jar "$folder/ci-notify/quarkus-run.jar" serve --config config --port 19900 --health-port 18081 --log-format json \
    --hmac-secret-file "$work/hmac" --data-dir "$work/data" >"$work/out" 2>"$work/err" &
program=$!
if ! "$jdk/bin/java" src/test/java/io/kubevirt/cinotify/fixture/SendSamples.java http://127.0.0.1:19900/ "$work/hmac" \
    src/test/resources/samples >"$work/sent"; then
    cat "$work/err" >&2
    exit 1
fi
kill "$program"
wait "$program" || true
[ -s "$folder/ci-notify/app.aot" ] || { cat "$work/err" >&2; echo "the start-up cache was not made" >&2; exit 1; }
chmod go+r "$folder/ci-notify/app.aot"
