#!/bin/sh
# Assembles the content of the image in FOLDER: assemble.sh FOLDER. Needs the output of build.sh and a JDK 25 (JAVA_HOME or PATH).
set -eu
folder=$1
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
modules=java.se,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
mkdir -p "$folder"
case "$(readlink -f "$jdk")/" in
"$(readlink -f "$folder")"/*)
    echo "assemble.sh: the JDK $jdk is below $folder, which is emptied: use another folder" >&2
    exit 1
    ;;
esac
rm -rf "$folder/java" "$folder/ci-notify"
# Not --strip-debug: it needs objcopy, and the libraries of released JDKs are stripped.
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
    --output "$folder/java" --generate-cds-archive >&2
cp -r target/quarkus-app "$folder/ci-notify"
rm -rf "$folder/ci-notify/data"
cp image/java.options target/bom.json "$folder/ci-notify/"
mkdir -p "$folder/ci-notify/bin"
cp image/ci-notify image/launcher.options "$folder/ci-notify/bin/"
# The start-up cache identifies jars by size and time; whole seconds survive each way of copying.
find "$folder/ci-notify" "$folder/java" -exec touch -h -d @1795305600 {} +
chmod -R go+rX "$folder/java" "$folder/ci-notify"
