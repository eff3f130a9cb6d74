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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What would have been said: at its instant, to a channel that only takes note. */
final class ReplayOutbox {

    private static final String CHANNEL = "console";
    private static final String NOBODY_BY_NAME = "channel";

    private final TreeSet<Message> waiting =
            new TreeSet<>(Comparator.comparing(Message::at).thenComparing(Message::id));
    private final List<ReplayReport.Said> said = new ArrayList<>();
    private final Map<String, Integer> seenInChannel = new HashMap<>();

    /** Takes a message; the channel may see it before its people do. */
    void add(Message message, Instant now) {
        waiting.add(message);
        if (isForChannelAtOnce(message, now)) {
            seenInChannel.put(message.id(), said.size());
            said.add(said(message, message.firstSeenAt(), null));
        }
    }

    static boolean isForChannelAtOnce(Message message, Instant now) {
        return message.at().isAfter(now) && !message.firstSeenAt().isAfter(now);
    }

    /** When the next message is due. */
    Optional<Instant> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().at());
    }

    /** Says the first message if it is due. */
    Optional<Message> sayDue(Instant now) {
        if (waiting.isEmpty() || waiting.first().at().isAfter(now)) {
            return Optional.empty();
        }
        Message message = Objects.requireNonNull(waiting.pollFirst());
        Integer place = seenInChannel.remove(message.id());
        if (place == null) {
            said.add(said(message, message.at(), message.to()));
        } else {
            said.set(place, said(message, message.firstSeenAt(), message.to()));
        }
        return Optional.of(message);
    }

    void withdraw(String message) {
        waiting.removeIf(each -> each.id().equals(message));
        seenInChannel.remove(message);
    }

    private static ReplayReport.Said said(Message message, Instant at, @Nullable Addressee to) {
        String audience = to == null
                ? NOBODY_BY_NAME
                : Stream.of(to.handle(), to.sigPerson())
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new ReplayReport.Said(
                at,
                message.kind(),
                to == null ? null : to.handle(),
                CHANNEL,
                audience.isEmpty() ? NOBODY_BY_NAME : audience,
                message.incident().diagnosis().sig(),
                message.incident().diagnosis().area(),
                message.incident().id(),
                message.text(),
                message.incident().title());
    }

    /** All that has been said, in order. */
    List<ReplayReport.Said> said() {
        return List.copyOf(said);
    }
}
