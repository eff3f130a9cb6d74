// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.Recipient;
import java.util.Optional;

/** What commands want of the incidents; everything is done at once and together with the answer. */
public interface IncidentActions {

    /** Opens an incident for a request, which blocks somebody; one that is open under its key stays as it is. */
    Opened open(ManualIncident call);

    /** Does what a person wants of an incident; empty if it was done, else why not, in a sentence. */
    Optional<String> apply(IncidentAction command);

    /**
     * What came of a request.
     *
     * @param incident its identity
     * @param recipient who is told, and when
     */
    record Opened(String incident, Recipient recipient) {}
}
