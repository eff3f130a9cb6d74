// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.store.BoardQuery.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an incident.
 *
 * @param number its place, from 1
 * @param kind such as opened, notified, deferred, escalated, acknowledged, resolved; more may be added
 * @param person who did it, or who was notified
 */
public record TimelineItem(
        long number, Instant at, String kind, @Nullable String person, String text) {
    static TimelineItem of(StoredEvent event) {
        return new TimelineItem(event.number(), event.at(), event.kind(), event.person(), event.text());
    }
}
