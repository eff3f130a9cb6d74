// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import java.util.List;

/**
 * A message that waits for its person to begin work.
 *
 * @param otherIncidents the identities of further incidents that it tells of
 */
record DeferredNotification(
        @JsonAlias("message") String notificationId,
        Instant at,
        @JsonAlias("others") List<String> otherIncidents) {
    DeferredNotification {
        otherIncidents = List.copyOf(otherIncidents);
    }
}
