// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something about the roster that a person should know of, told so that the person can mend it.
 *
 * @param kind what sort of thing
 * @param subject the area, handle or alias it is about
 * @param what what is the case, as a sentence without the final stop
 * @param hint what to do about it, as a sentence without the final stop
 */
public record RosterProblem(Kind kind, String subject, String what, String hint) {

    /** Sorts of findings, in the order in which they are told. */
    public enum Kind {
        /** Nobody has a level for an area. */
        NO_MEMBER,
        /** An area starts at a lower level. */
        NO_PRIMARY,
        /** Days without any working minute. */
        GAP,
        /** Those who are asked first are not there all week. */
        AWAY,
        /** A member is never at work. */
        NEVER_AVAILABLE,
        /** The table and an alias name different people. */
        DRIFT,
        /** The settings name somebody whom no file knows. */
        UNKNOWN_HANDLE,
        /** An offset that stays when the clocks move. */
        FIXED_OFFSET,
        /** A shift over midnight that is longer than anybody's. */
        LONG_NIGHT;

        /** As programs write it: {@code no-primary}. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** One line for a terminal: {@code subject: what; how to mend}. */
    @Override
    public String toString() {
        return subject + ": " + what + "; " + hint;
    }
}
