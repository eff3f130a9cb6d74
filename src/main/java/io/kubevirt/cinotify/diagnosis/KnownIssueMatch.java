// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A known issue that matched a failure, as it was at the time of the diagnosis. Text from the configuration or from
 * issues: escape it.
 *
 * @param title the name of the issue
 * @param owner the owner
 * @param link link to the issue
 * @param until the last day it applies, in UTC
 * @param mute whether notifications are muted until then
 */
public record KnownIssueMatch(String title, String owner, String link, LocalDate until, boolean mute) {

    /** The instant from which it does not apply any more. */
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether it mutes notifications at an instant. */
    public boolean mutesAt(Instant now) {
        return mute && now.isBefore(end());
    }

    /** A copy that does not mute. */
    public KnownIssueMatch unmuted() {
        return new KnownIssueMatch(title, owner, link, until, false);
    }

    /** The sentence in messages. */
    public String sentence() {
        return "known issue \"" + title + "\" (owner " + owner + ", " + link + ", until " + until + ")"
                + (mute ? "; notifications are muted until then" : "");
    }
}
