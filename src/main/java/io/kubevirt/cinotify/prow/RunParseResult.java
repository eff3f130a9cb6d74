// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The result of parsing an observation: a GitHub {@code status} event or a ProwJob. */
public sealed interface RunParseResult {
    record Run(JobRun run) implements RunParseResult {}

    /** The observation is not about a run; the explanation quotes the input: untrusted text, escape it. */
    record NotARun(NotARunReason reason, String explanation) implements RunParseResult {
        private static final int MAX_QUOTED = 150;

        /** Quotes outside text after the explanation, on one line and shortened. */
        static NotARun quoting(NotARunReason reason, String why, String text) {
            StringBuilder quoted = new StringBuilder();
            text.codePoints()
                    .limit(MAX_QUOTED)
                    .forEach(c -> quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
            return new NotARun(reason, why + ": \"" + quoted + (text.length() > MAX_QUOTED ? "…" : "") + "\"");
        }
    }

    /** Why an observation is not about a run (prow-contract §5, "Other writers", and §6). */
    enum NotARunReason {
        /** It lacks a field that every status or ProwJob has, or the status has a state unknown to GitHub. */
        MALFORMED,
        /** Tide's report on whether the pull request can merge. */
        TIDE,
        /** Somebody overrode the context with {@code /override}. */
        OVERRIDDEN,
        /** Somebody cancelled the override; the status still has the URL of the old run. */
        OVERRIDE_CANCELLED,
        /** The skip plugin set the context of a job that does not need to run to success. */
        SKIPPED,
        /** Prow retired the context: the job was removed or renamed. */
        CONTEXT_RETIRED,
        /** The ProwJob was deleted before it ended: it will not end any more. */
        DELETED,
        /** The ProwJob has a state unknown to this version; wait for its next state. */
        UNKNOWN_STATE,
        /** The ProwJob has a type unknown to this version. */
        UNKNOWN_TYPE,
        /** There is no URL: the run has no page yet, or the status never had one. */
        NO_ADDRESS,
        /** The URL is not on a trusted host. */
        FOREIGN_ADDRESS,
        /** The URL is on a trusted host, but in a bucket that is not trusted: the configuration may lack it. */
        UNTRUSTED_BUCKET,
        /** The URL is on a trusted host but is not the page of a run. */
        UNREADABLE_ADDRESS,
        /** The URL is that of a batch, for which Prow writes no statuses. */
        BATCH,
        /** The URL contains another repository than the event. */
        OTHER_REPOSITORY,
        /**
         * Prow does not write this description for this state. A newer Prow may; ci-notify does not guess, because
         * anybody with push access can write a status, and the ProwJob carries the same state reliably.
         */
        UNKNOWN_DESCRIPTION;

        /** As written in traces and metrics: {@code override-cancelled}. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
