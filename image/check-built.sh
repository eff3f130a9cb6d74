#!/bin/sh
# Runs an image that buildah has built, with check.sh: check-built.sh NAME. Prints its compressed size.
set -eu
container=$(buildah from --pull-never "$1")
layout=$(mktemp -d)
trap 'buildah rm "$container" >/dev/null; rm -rf "$layout"' EXIT
buildah push -q "$1" "oci-archive:$layout/image.tar"
echo "image-check: $1 has $(($(stat -c %s "$layout/image.tar") / 1000000)) MB compressed"
image/check.sh "$(buildah mount "$container")"
