// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.OnCallStatus;
import io.kubevirt.cinotify.roster.Roster;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is on duty for an area at an instant; the contract of {@code roster show} (design.md section 10).
 *
 * @param responsible null for nobody
 * @param next who is notified next; null if nobody will be at work
 * @param mentionSig whether the area has no primary, so that the SIG is mentioned
 */
public record DutyItem(
        String area,
        Instant at,
        @Nullable String responsible,
        @Nullable Level level,
        @Nullable Next next,
        boolean mentionSig) {
    /** @param at the first working minute, possibly now */
    public record Next(String person, Level level, Instant at) {}

    public static DutyItem of(Roster roster, String area, Instant at) {
        OnCallStatus status = roster.status(area, at);
        OnCallStatus.Next next = status.next();
        return new DutyItem(
                status.area(),
                status.at(),
                status.responsible() == null ? null : status.responsible().handle(),
                status.level(),
                next == null ? null : new Next(next.person().handle(), next.level(), next.at()),
                roster.members(status.area(), Level.PRIMARY).isEmpty());
    }

    /** As {@code roster show} prints it. */
    public String text() {
        String onDuty =
                responsible == null || level == null ? "nobody at work" : responsible + " (" + level.title() + ")";
        String then = next == null
                ? ""
                : ", then " + next.person() + " (" + next.level().title() + ") at " + next.at();
        return "%-12s %s%s%s".formatted(area, onDuty, then, mentionSig ? "; no primary: the SIG is mentioned" : "");
    }
}
