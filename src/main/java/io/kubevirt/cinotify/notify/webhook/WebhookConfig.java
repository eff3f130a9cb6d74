// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.webhook;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to have messages as JSON.
 *
 * @param name by which the settings and the outbox know it
 * @param url where to
 * @param secret the key of the signature; null for none
 * @param areas only these; all if empty
 * @param kinds only these; all if empty
 */
public record WebhookConfig(
        String name, URI url, @Nullable SecretFile secret, Set<String> areas, Set<NotificationKind> kinds) {

    /** Copies the sets. */
    public WebhookConfig {
        areas = Set.copyOf(areas);
        kinds = Set.copyOf(kinds);
    }

    boolean accepts(Notification message) {
        return (areas.isEmpty() || areas.contains(message.incident().diagnosis().area()))
                && (kinds.isEmpty() || kinds.contains(message.kind()));
    }
}
