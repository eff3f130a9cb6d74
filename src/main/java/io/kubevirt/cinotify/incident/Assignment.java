// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recipient of the last notification, so that later edits of the message keep it.
 *
 * @param sigContact the GitHub handle of a chair or lead of the SIG
 * @param until the end of the recipient's working hours
 * @param reasons why this person at this time
 * @param answeredAt when somebody acknowledged or snoozed it
 */
public record Assignment(
        @Nullable Level level,
        @Nullable String sigContact,
        @Nullable Instant until,
        List<String> reasons,
        @Nullable Instant answeredAt) {
    public Assignment {
        reasons = List.copyOf(reasons);
    }

    /** To a recipient who has not answered yet. A contact of the SIG who was already named stays. */
    public static Assignment of(Recipient to, @Nullable Instant until, @Nullable Assignment before) {
        String contact = to.sigPerson() == null && before != null ? before.sigContact() : to.sigPerson();
        return new Assignment(to.level(), contact, until, to.reasons(), null);
    }

    public static Assignment answered(@Nullable Assignment before, Instant at) {
        return before == null
                ? new Assignment(null, null, null, List.of(), at)
                : new Assignment(before.level, before.sigContact, before.until, before.reasons, at);
    }
}
