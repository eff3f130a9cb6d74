// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import java.util.Optional;

/** Performs the actions that people choose outside of comments, such as a button of the board. */
public interface IncidentActionSink {
    /**
     * Performs an action durably.
     *
     * @return why the incident is unchanged, in plain text; empty if the action was performed
     * @throws RuntimeException if the action is lost; the channel asks the person to try again
     */
    Optional<String> submit(IncidentAction action);

    /** Stores durably that a diagnosis is wrong; with the same result. */
    Optional<String> add(DiagnosisFeedback feedback);
}
