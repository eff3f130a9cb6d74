// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a person wants of an incident. */
public sealed interface IncidentAction {

    /** The identity of the incident. */
    String incident();

    /** The handle of the person. */
    String by();

    /** I see to it: nobody else is told. */
    record Acknowledge(String incident, String by) implements IncidentAction {}

    /** Be quiet until then; if it is still open, say so again. */
    record Snooze(String incident, String by, Instant until) implements IncidentAction {}

    /**
     * It is somebody else's.
     *
     * @param member the handle of a member; or null
     * @param area the area whose people are to be asked; or null
     * @param sig the SIG that can mend it, {@link io.kubevirt.cinotify.diagnosis.Diagnosis#NO_SIG} for none; null for the
     *     same as before; only with an area
     */
    record Reassign(
            String incident,
            String by,
            @Nullable String member,
            @Nullable String area,
            @Nullable String sig) implements IncidentAction {

        /** To a member or an area. */
        public Reassign(String incident, String by, @Nullable String member, @Nullable String area) {
            this(incident, by, member, area, null);
        }
    }

    /** It is over, whatever the lanes say. */
    record Resolve(String incident, String by) implements IncidentAction {}
}
