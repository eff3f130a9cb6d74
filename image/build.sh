#!/bin/sh
# Builds the program and its bill of materials reproducibly: Quarkus writes some bytecode in the order of identity hash codes,
# which these options make constant (docs/decisions/0018-deployment.md).
set -eu
MAVEN_OPTS="${MAVEN_OPTS:-} -XX:+UnlockExperimentalVMOptions -XX:hashCode=2"
export MAVEN_OPTS
rm -rf target/quarkus-app target/*.jar
# The build context of the image has no .git: its build passes the commit as REVISION.
revision=${REVISION:-$(git rev-parse HEAD 2>/dev/null || echo unknown)}
./mvnw -q -B -DskipTests -Dspotless.check.skip "-Drevision=$revision" "-Dchangelist=${CHANGELIST--SNAPSHOT}" package cyclonedx:makeBom
