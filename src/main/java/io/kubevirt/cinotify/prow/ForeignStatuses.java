// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the statuses that Prow's other components write on the commits of runs (prow-contract §5). Some of them keep the
 * address of a run, so that they are told by their words, before the address is looked at.
 */
final class ForeignStatuses {

    private static final Set<String> GITHUB_STATES = Set.of("pending", "success", "failure", "error");

    private ForeignStatuses() {}

    /** Why the event tells of no run; empty if it may. */
    static Optional<NotARun> detect(StatusEvent event) {
        String words = event.description();
        if (event.context().equals("tide")) {
            return notARun(NotARunReason.TIDE, "tide tells whether the pull request would merge", words);
        }
        if (words.startsWith("Overridden by ")) {
            return notARun(NotARunReason.OVERRIDDEN, "a person declared it green", words);
        }
        if (words.startsWith("Override cancelled by ")) {
            return notARun(NotARunReason.OVERRIDE_CANCELLED, "a person took an override back", words);
        }
        if (words.equals("Skipped") || words.equals("Skipped.")) {
            return notARun(NotARunReason.SKIPPED, "its job need not run", words);
        }
        if (words.startsWith("Context retired")) {
            return notARun(NotARunReason.CONTEXT_RETIRED, "its job was removed or renamed", words);
        }
        if (!GITHUB_STATES.contains(event.state())) {
            return notARun(NotARunReason.MALFORMED, "the event has no state that GitHub knows", event.state());
        }
        return Optional.empty();
    }

    private static Optional<NotARun> notARun(NotARunReason reason, String why, String words) {
        return Optional.of(new NotARun(reason, Quotation.after(why, words)));
    }
}
