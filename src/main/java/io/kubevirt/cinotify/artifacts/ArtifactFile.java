// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/** A file of a run, named relative to the directory of the run, and the result of reading it. */
public record ArtifactFile(String name, FileState state, String remark) {

    static final String FINISHED = "finished.json";
    static final String STARTED = "started.json";
    static final String PROW_JOB = "prowjob.json";
    static final String CLONE_RECORDS = "clone-records.json";
    static final String POD_INFO = "podinfo.json";
    static final String BUILD_LOG = "build-log.txt";

    /** Deck shows files with this prefix as JUnit results (prow-contract §8). */
    static final String JUNIT_PREFIX = "artifacts/junit";

    static final String JUNIT_SUFFIX = ".xml";

    @Override
    public String toString() {
        return name + " " + state.value() + (remark.isEmpty() ? "" : " (" + remark + ")");
    }
}
