// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.incident.IncidentAction;

/** Takes what people want of incidents, said where a channel shows them. */
@FunctionalInterface
public interface IncidentActionSink {

    /** Takes a wish, so that it is not lost any more; throws if that does not work, and the person is told to try again. */
    void submit(IncidentAction command);
}
