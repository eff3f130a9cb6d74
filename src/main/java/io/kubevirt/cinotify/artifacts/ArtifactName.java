// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/** The files that Prow itself puts into the directory of each run (prow-contract §8). */
final class ArtifactName {

    static final String FINISHED = "finished.json";
    static final String STARTED = "started.json";
    static final String PROW_JOB = "prowjob.json";
    static final String CLONE_RECORDS = "clone-records.json";
    static final String POD_INFO = "podinfo.json";
    static final String BUILD_LOG = "build-log.txt";

    /** Deck shows what is called so as results of tests. */
    static final String JUNIT_PREFIX = "artifacts/junit";

    static final String JUNIT_SUFFIX = ".xml";

    private ArtifactName() {}
}
