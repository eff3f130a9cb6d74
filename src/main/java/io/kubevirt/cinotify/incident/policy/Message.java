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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.Addressee;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be said about one incident: one message, however many people it names.
 *
 * @param id its identity; saying it twice is saying it once
 * @param decidedAt when it was decided
 * @param at when the people named in it are told; later than decided if they are not at work
 * @param incident as it stood when this was decided
 * @param to the people; null for an edit of what was said before, which calls nobody
 * @param text what is said, in a sentence or some lines
 */
public record Message(
        String id,
        MessageKind kind,
        Instant decidedAt,
        Instant at,
        IncidentView incident,
        @Nullable Addressee to,
        String text) {

    /** When it is first to be seen: the channel may have it before the person is at work. */
    public Instant firstSeenAt() {
        return to != null && to.channelAtOnce() ? decidedAt : at;
    }

    /** The same with one reason more for what the incident is. */
    public Message because(String reason) {
        return new Message(id, kind, decidedAt, at, incident.because(reason), to, text);
    }
}
