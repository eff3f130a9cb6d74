// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.IncidentAction;

/** Receives incident actions from a channel. */
@FunctionalInterface
public interface IncidentActionSink {
    /** Accepts an action durably; throws if it is lost, and the channel asks the person to try again. */
    void submit(IncidentAction command);
}
