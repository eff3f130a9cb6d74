#!/bin/sh
# Runs the content of the image as a cluster would: with a read-only root without a shell, as a random user id of the root group,
# with the memory of the manifests. check.sh FOLDER; needs the output of assemble.sh and train.sh in FOLDER/opt, or the whole root of
# an image (check-built.sh), Linux, and root (or sudo).
set -eu
root=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'kill "$program" 2>/dev/null || true; rm -rf "$work"' EXIT
program=
user=${IMAGE_CHECK_USER:-$((1000700000 + $$ % 10000))}
port=${IMAGE_CHECK_PORT:-29900}
health=${IMAGE_CHECK_HEALTH_PORT:-28081}
mkdir -p "$root/proc" "$root/dev" "$root/tmp" "$root/usr" "$root/etc/ci-notify" "$root/etc/webhook" "$root/var/lib/ci-notify" "$work/data" \
    "$work/secret" "$work/tmp"
# Without a base image the root uses the C library of this machine.
base=
[ -z "$(ls "$root"/lib*/ld-* 2>/dev/null)" ] || base=yes
[ -n "$base" ] || for link in lib lib64; do [ -e "$root/$link" ] || ln -s "usr/$link" "$root/$link"; mkdir -p "$root/usr/$link"; done
printf check > "$work/secret/hmac"
# Without the ten minutes of waiting for an outage to form: a message follows at once.
image/settings.sh "$work/config"
chown "$user:0" "$work/data" "$work/tmp"
chmod 755 "$work" "$work/secret"

begin=$(date +%s%N)
unshare --mount sh -eu -c '
    root=$1; work=$2; user=$3; port=$4; health=$5; base=$6
    mount --bind "$root" "$root"
    [ -n "$base" ] || for folder in lib lib64; do [ ! -d /usr/$folder ] || mount --bind /usr/$folder "$root/usr/$folder"; done
    mount --rbind /proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$work/config" "$root/etc/ci-notify"
    mount --bind "$work/secret" "$root/etc/webhook"
    mount --bind "$work/data" "$root/var/lib/ci-notify"
    mount --bind "$work/tmp" "$root/tmp"
    mount -o remount,bind,ro "$root"
    exec setpriv --no-new-privs chroot --userspec="$user:0" --groups= "$root" \
        /opt/java/bin/java @/opt/ci-notify/java.options -XX:AOTCache=/opt/ci-notify/app.aot -XX:AOTMode=on -Xmx460m -jar /opt/ci-notify/quarkus-run.jar \
        serve --config /etc/ci-notify --hmac-secret-file /etc/webhook/hmac --data-dir /var/lib/ci-notify \
        --port "$port" --health-port "$health"
' check "$root" "$work" "$user" "$port" "$health" "$base" >"$work/out" 2>"$work/err" &
program=$!

tries=0
until curl -fsS "http://127.0.0.1:$health/healthz/ready" >"$work/ready" 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 1500 ] || ! kill -0 "$program" 2>/dev/null; then
        cat "$work/err" >&2
        echo "image-check: the program did not become ready" >&2
        exit 1
    fi
    sleep 0.02
done
echo "image-check: ready after $((($(date +%s%N) - begin) / 1000000)) ms as user $user"
[ "$(stat -c %u "$work"/data/ci-notify.db)" = "$user" ] || { echo "image-check: the store does not belong to user $user" >&2; exit 1; }
nsenter --mount --target "$program" chroot --userspec="$user:0" --groups= "$root" /opt/ci-notify/bin/ci-notify --version |
    grep "^ci-notify " || { echo "image-check: the command ci-notify does not work" >&2; exit 1; }
[ -n "$base" ] || [ ! -e "$root/bin/sh" ] || { echo "image-check: there is a shell" >&2; exit 1; }
grep -q quarkus "$root/opt/ci-notify/bom.json" || { echo "image-check: the bill of materials is empty" >&2; exit 1; }
"${JAVA_HOME:-/usr}/bin/java" src/test/java/io/kubevirt/cinotify/fixture/SendSamples.java "http://127.0.0.1:$port/" "$work/secret/hmac" \
    src/test/resources/samples >/dev/null
tries=0
until grep -q '"notice":"● ' "$work/out"; do
    tries=$((tries + 1))
    [ $tries -le 1500 ] || { cat "$work/err" >&2; echo "image-check: no message was sent" >&2; exit 1; }
    sleep 0.02
done
kill "$program"
code=0
wait "$program" || code=$?
program=
[ $code -eq 0 ] || [ $code -eq 143 ] || { cat "$work/err" >&2; echo "image-check: the program exited with $code" >&2; exit 1; }
echo "image-check: a signed event became a message; SIGTERM ended it; $(du -shL "$root/opt" | cut -f1) in all, $(du -sh "$root/opt/java" | cut -f1) of it Java"
