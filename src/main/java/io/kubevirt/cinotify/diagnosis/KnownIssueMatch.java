// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * That somebody already cares for a failure, as it was when the failure was looked at. Text from settings or from issues:
 * escape it.
 *
 * @param title what the issue is called
 * @param owner who cares for it
 * @param link where to follow it
 * @param until the last day on which it counts, in UTC
 * @param mute whether nobody is called because of such failures until then
 */
public record KnownIssueMatch(String title, String owner, String link, LocalDate until, boolean mute) {

    /** The first instant at which it counts no more. */
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether nobody is called because of it at an instant. */
    public boolean mutesAt(Instant now) {
        return mute && now.isBefore(end());
    }

    /** The same where people are called all the same. */
    public KnownIssueMatch unmuted() {
        return new KnownIssueMatch(title, owner, link, until, false);
    }

    /** What a message says of it. */
    public String sentence() {
        return "known issue \"" + title + "\": " + owner + " cares for it at " + link + ", until " + until
                + (mute ? "; such failures are muted until then" : "");
    }
}
