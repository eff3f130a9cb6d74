// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person does with an incident. */
public sealed interface IncidentAction {
    String incident();

    /** The GitHub handle of the person. */
    String by();

    /** Acknowledges the incident: the escalation stops. */
    record Acknowledge(String incident, String by) implements IncidentAction {}

    /**
     * Suppresses notifications until an instant; if the incident is still open then, a reminder follows. {@code force}:
     * also if the incident gets worse.
     */
    record Snooze(String incident, String by, Instant until, boolean force) implements IncidentAction {
        public Snooze(String incident, String by, Instant until) {
            this(incident, by, until, false);
        }
    }

    /**
     * Assigns the incident to a member, or to another area. {@code sig}: the SIG to involve, {@link
     * io.kubevirt.cinotify.diagnosis.Diagnosis#NO_SIG} for none; null keeps the current one; only with an area.
     */
    record Reassign(
            String incident,
            String by,
            @Nullable String member,
            @Nullable String area,
            @Nullable String sig) implements IncidentAction {
        /** Keeps the SIG. */
        public Reassign(String incident, String by, @Nullable String member, @Nullable String area) {
            this(incident, by, member, area, null);
        }
    }

    /** Closes the incident, whatever state its lanes are in. */
    record Resolve(String incident, String by) implements IncidentAction {}
}
