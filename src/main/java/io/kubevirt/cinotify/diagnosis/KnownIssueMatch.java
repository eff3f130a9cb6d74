// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A known issue as it was when it matched; it applies through the day {@code until}, in UTC. Escape its text. */
public record KnownIssueMatch(String title, String owner, String link, LocalDate until, boolean mute) {
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public boolean mutesAt(Instant now) {
        return mute && now.isBefore(end());
    }

    public KnownIssueMatch unmuted() {
        return new KnownIssueMatch(title, owner, link, until, false);
    }

    public String sentence() {
        return "known issue \"" + title + "\" (owner " + owner + ", " + link + ", until " + until + ")"
                + (mute ? "; notifications are muted until then" : "");
    }
}
