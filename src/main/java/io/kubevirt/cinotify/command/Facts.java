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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when a command is answered.
 *
 * @param comment what was written, and where
 * @param now when it is answered
 * @param trusted whether Prow would trust the writer: an org member, a collaborator, a trusted author
 * @param head the commit of the pull request; null for an issue, or where it is not known
 * @param reds what is red on that commit; empty for an issue
 * @param unread why GitHub could not be asked for it; null if it could
 * @param incidents the incidents that are open or just over
 * @param saidHere the identities of incidents that were told in this conversation
 * @param earlier commands of the last hour by this person or in this conversation, and whatever was refused in it
 * @param moved where people reassigned
 */
public record Facts(
        Comment comment,
        Instant now,
        boolean trusted,
        @Nullable String head,
        List<Red> reds,
        @Nullable String unread,
        List<IncidentView> incidents,
        List<String> saidHere,
        List<Earlier> earlier,
        List<Moved> moved) {

    /** Copies the lists. */
    public Facts {
        reds = List.copyOf(reds);
        incidents = List.copyOf(incidents);
        saidHere = List.copyOf(saidHere);
        earlier = List.copyOf(earlier);
        moved = List.copyOf(moved);
    }

    /** The conversation. */
    public Conversation conversation() {
        return comment.conversation();
    }

    Optional<IncidentView> incident(String id) {
        return incidents.stream()
                .filter(view -> view.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
