#!/bin/sh
# Creates the start-up cache by running the assembled program up to its first messages: train.sh FOLDER, with the output of
# assemble.sh. The cache uses names relative to FOLDER, which may be renamed.
set -eu
folder=$1
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf training > "$work/hmac"
image/settings.sh "$work/config"
"$folder/java/bin/java" "@$folder/ci-notify/java.options" -XX:AOTCacheOutput="$folder/ci-notify/app.aot" \
    -jar "$folder/ci-notify/quarkus-run.jar" serve --config "$work/config" --port 19900 --health-port 18081 --log-format json \
    --hmac-secret-file "$work/hmac" --data-dir "$work/data" >"$work/out" 2>"$work/err" &
program=$!
if ! "$jdk/bin/java" src/test/java/io/kubevirt/cinotify/fixture/SendSamples.java http://127.0.0.1:19900/ "$work/hmac" \
    src/test/resources/samples 600 >"$work/sent"; then
    cat "$work/err" >&2
    exit 1
fi
tries=0
until grep -q '"notice":"● ' "$work/out"; do
    tries=$((tries + 1))
    [ $tries -le 600 ] || { cat "$work/out" "$work/err" >&2; echo "train.sh: no message was sent" >&2; exit 1; }
    sleep 0.1
done
kill "$program"
wait "$program" || true
[ -s "$folder/ci-notify/app.aot" ] || { cat "$work/err" >&2; echo "the start-up cache was not created" >&2; exit 1; }
chmod go+r "$folder/ci-notify/app.aot"
