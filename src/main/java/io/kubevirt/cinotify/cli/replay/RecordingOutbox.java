// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.ReplayReport.SentMessage;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
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

/** Records the messages that would be sent, each at its instant, to a single channel. */
final class RecordingOutbox {
    private static final String CHANNEL = "console";
    private static final String NO_RECIPIENT = "channel";

    private final TreeSet<Notification> waiting =
            new TreeSet<>(Comparator.comparing(Notification::at).thenComparing(Notification::id));
    private final List<SentMessage> sent = new ArrayList<>();
    private final Map<String, Integer> seenInChannel = new HashMap<>();

    /** Queues a message. Its channel may see it before its recipient is notified. */
    void add(Notification message, Instant now) {
        waiting.add(message);
        if (isForChannelAtOnce(message, now)) {
            seenInChannel.put(message.id(), sent.size());
            sent.add(sent(message, message.firstSeenAt(), null));
        }
    }

    static boolean isForChannelAtOnce(Notification message, Instant now) {
        return message.at().isAfter(now) && !message.firstSeenAt().isAfter(now);
    }

    Optional<Instant> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().at());
    }

    Optional<Notification> sendDue(Instant now) {
        if (waiting.isEmpty() || waiting.first().at().isAfter(now)) {
            return Optional.empty();
        }
        Notification message = Objects.requireNonNull(waiting.pollFirst());
        Integer index = seenInChannel.remove(message.id());
        if (index == null) {
            sent.add(sent(message, message.at(), message.to()));
        } else {
            sent.set(index, sent(message, message.firstSeenAt(), message.to()));
        }
        return Optional.of(message);
    }

    void withdraw(String message) {
        waiting.removeIf(each -> each.id().equals(message));
        seenInChannel.remove(message);
    }

    private static SentMessage sent(Notification message, Instant at, @Nullable Recipient to) {
        String audience = to == null
                ? NO_RECIPIENT
                : Stream.of(to.handle(), to.sigPerson())
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new SentMessage(
                at,
                message.kind(),
                to == null ? null : to.handle(),
                CHANNEL,
                audience.isEmpty() ? NO_RECIPIENT : audience,
                message.incident().diagnosis().sig(),
                message.incident().diagnosis().area(),
                message.incident().id(),
                message.text(),
                message.incident().title(),
                Stream.concat(
                                Stream.of(message.incident().why()),
                                message.to() == null ? Stream.of() : message.to().reasons().stream())
                        .toList());
    }

    List<SentMessage> sent() {
        return List.copyOf(sent);
    }
}
