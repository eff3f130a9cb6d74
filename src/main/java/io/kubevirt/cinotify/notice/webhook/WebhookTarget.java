/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.webhook;

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.SecretFile;
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
public record WebhookTarget(
        String name, URI url, @Nullable SecretFile secret, Set<String> areas, Set<MessageKind> kinds) {

    /** Copies the sets. */
    public WebhookTarget {
        areas = Set.copyOf(areas);
        kinds = Set.copyOf(kinds);
    }

    boolean wants(Message message) {
        return (areas.isEmpty() || areas.contains(message.incident().diagnosis().area()))
                && (kinds.isEmpty() || kinds.contains(message.kind()));
    }
}
