#!/bin/sh
# Makes what a release consists of, in FOLDER: release.sh FOLDER VERSION REVISION. Needs the output of build.sh. With IMAGE and ENGINE it
# adds that image of the engine, built from the images JDK_IMAGE and BASE_IMAGE, as an OCI archive. "release.sh notes VERSION" prints the notes.
set -eu
repository=quay.io/kubevirtci/ci-notify

notes() {
    text=$(awk -v version="$1" '/^## /{ within = ($2 == version); next } within' CHANGELOG.md | sed -e '/./,$!d')
    [ -z "$text" ] || printf '%s\n' "$text"
}

[ "$1" != notes ] || {
    [ -n "$(notes "$2")" ] || {
        echo "release: CHANGELOG.md has no section \"## $2\": rename \"## Unreleased\" to \"## $2 ($(date -u +%Y-%m-%d))\" and commit it" >&2
        exit 1
    }
    notes "$2"
    exit 0
}

folder=$1 version=$2 revision=$3
name=ci-notify-$version
rm -rf "$folder"
mkdir -p "$folder/$name/manifests"
"$0" notes "$version" > "$folder/NOTES.md"

# The same bytes from the same files: sorted, without users, one time.
pack() {
    tar --sort=name --mtime=@1795305600 --owner=0 --group=0 --numeric-owner -C "$folder" -cf - "$1" | gzip -n > "$folder/$2"
    rm -rf "${folder:?}/$1"
}

# The manifests name the image of this version; "latest" and the example tags are only for checkouts.
mkdir "$folder/manifests-$version"
cp -R manifests config "$folder/manifests-$version/"
find "$folder/manifests-$version/manifests" -name '*.yaml' -exec \
    sed -i.old -e "s#$repository:latest#$repository:v$version#" -e "s#newTag: v[0-9]*-0000000#newTag: v$version#" {} +
find "$folder/manifests-$version" -name '*.old' -delete
cp -R "$folder/manifests-$version/manifests" "$folder/manifests-$version/config" "$folder/$name/"
pack "manifests-$version" "$name-manifests.tar.gz"

# The program for machines with Java, as in a checkout that is built.
mkdir "$folder/$name/bin" "$folder/$name/target"
cp bin/ci-notify "$folder/$name/bin/"
cp -R target/quarkus-app "$folder/$name/target/"
rm -rf "$folder/$name/target/quarkus-app/data"
cp -R README.md CHANGELOG.md LICENSE SECURITY.md docs target/bom.json "$folder/$name/"
pack "$name" "$name.tar.gz"
cp target/bom.json "$folder/$name.bom.json"

[ -z "${ENGINE:-}" ] || case "$(basename "$ENGINE")" in
docker) "$ENGINE" save -o "$folder/$name-image.tar" "$IMAGE" ;;
*) "$ENGINE" push -q "$IMAGE" "oci-archive:$folder/$name-image.tar:v$version" ;;
esac

sums() {
    (cd "$folder" && find . -type f ! -name SHA256SUMS ! -name '*.provenance.json' | sed 's#^\./##' | sort | xargs sha256sum)
}

# What was built, from what, by which command: an in-toto statement with SLSA's predicate, to sign with the release.
material() {
    [ -z "$1" ] || printf ',\n      {"uri": "docker://%s", "digest": {"sha256": "%s"}}' "${1%%@*}" "${1##*@sha256:}"
}
cat > "$folder/$name.provenance.json" <<EOF
{
  "_type": "https://in-toto.io/Statement/v1",
  "subject": [
$(sums | sed -e 's#^\([0-9a-f]*\)  \(.*\)#    {"name": "\2", "digest": {"sha256": "\1"}},#' -e '$s/,$//')
  ],
  "predicateType": "https://slsa.dev/provenance/v1",
  "predicate": {
    "buildDefinition": {
      "buildType": "https://github.com/kubevirt/ci-notify/blob/main/docs/operate.md#release",
      "externalParameters": {"command": "make release", "version": "$version", "engine": "$(basename "${ENGINE:-none}")"},
      "resolvedDependencies": [
        {"uri": "git+https://github.com/kubevirt/ci-notify", "digest": {"gitCommit": "$revision"}},
        {"uri": "pkg:maven/org.apache.maven/apache-maven@$(sed -n 's/^version=//p' mvnw)", "digest": {"sha256": "$(sed -n 's/^distributionSha256Sum=//p' mvnw)"}}$(material "${JDK_IMAGE:-}")$(material "${BASE_IMAGE:-}")
      ]
    },
    "runDetails": {"builder": {"id": "${BUILDER_ID:-local}"}}
  }
}
EOF
(cd "$folder" && find . -type f ! -name SHA256SUMS | sed 's#^\./##' | sort | xargs sha256sum > SHA256SUMS)
echo "release: $version in $folder"
(cd "$folder" && ls -l | awk 'NR > 1 { printf "  %s %s\n", $5, $9 }')
