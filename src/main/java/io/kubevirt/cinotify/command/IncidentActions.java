// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Recipient;
import java.util.Optional;

/** Opens and changes incidents for commands, in the transaction of the reply. */
public interface IncidentActions {

    /** Opens a blocking incident for a request. An open incident with the same key stays as it is. */
    Opened open(ManualIncident request);

    /** Applies an action; returns empty on success, else the reason in plain text. */
    Optional<String> apply(IncidentAction action);

    /**
     * The incident of a request.
     *
     * @param incident its ID
     * @param recipient who is notified, and when
     */
    record Opened(String incident, Recipient recipient) {}
}
