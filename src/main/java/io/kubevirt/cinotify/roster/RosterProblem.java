// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A problem of the roster.
 *
 * @param subject the area, handle or alias
 * @param what the problem; a sentence without a final period
 * @param hint how to fix it; a sentence without a final period
 */
public record RosterProblem(Kind kind, String subject, String what, String hint) {
    /** Kinds of problems, in the order of the report. */
    public enum Kind {
        /** Nobody has a level for the area. */
        NO_MEMBER,
        /** The area has no primary. */
        NO_PRIMARY,
        /** Days on which nobody works. */
        GAP,
        /** People of two rotations, or two of one, are on duty on one level of an area. */
        OVERLAP,
        /** Nobody of the first level works in this week. */
        AWAY,
        /** The member is never at work. */
        NEVER_AVAILABLE,
        /** The table and an alias contain different people. */
        DRIFT,
        /** The configuration has an entry for a person in none of the documents. */
        UNKNOWN_HANDLE,
        /** A source, or a part of it, that cannot be read. */
        UNREADABLE,
        /** A fixed offset instead of a time zone. */
        FIXED_OFFSET,
        /** An implausibly long shift over midnight. */
        LONG_NIGHT;

        /** As in JSON: {@code no-primary}. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One line for a terminal: {@code subject: what; hint}. */
    @Override
    public String toString() {
        return subject + ": " + what + "; " + hint;
    }
}
