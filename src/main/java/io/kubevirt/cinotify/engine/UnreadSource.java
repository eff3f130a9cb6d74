// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import java.util.Locale;

/**
 * A source of people on duty that could not be read.
 *
 * @param summary which, and what counts in its place, for everybody: no address, no team, no repository
 * @param cause for the operator; without secrets
 */
public record UnreadSource(Kind kind, String summary, String cause) {
    /** Values of a label of a metric, so a closed set. */
    public enum Kind {
        ICALENDAR,
        PAGERDUTY,
        TEAM,
        ALIAS;

        /** As in metrics and alerts. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param hasCopy whether it was read before */
    static UnreadSource of(Kind kind, String name, boolean hasCopy, String cause) {
        return new UnreadSource(
                kind,
                name + " cannot be read; "
                        + (hasCopy
                                ? "the last good one stays in force"
                                : "the table, or the next level, decides until it can"),
                cause);
    }

    @Override
    public String toString() {
        return summary + ": " + cause;
    }
}
