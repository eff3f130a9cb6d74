// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/** What an observation says about a run: a GitHub {@code status} event, or a ProwJob. */
public sealed interface RunParseResult {

    /** A run stands or ended. */
    record Run(JobRun run) implements RunParseResult {}

    /**
     * It says nothing about a run.
     *
     * @param reason why, by name
     * @param explanation the same as a sentence, with the words that decided it; outside text, escape it
     */
    record NotARun(NotARunReason reason, String explanation) implements RunParseResult {}
}
