// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Invisible comments in the last lines of a text, by which our messages are found again. Earlier lines may quote untrusted text, which may
 * contain a marker too.
 */
final class Markers {
    private static final String BEGIN = "<!-- ";
    private static final String END = " -->";
    private static final String OURS = BEGIN + "ci-notify";
    private static final String TEXT = "ci-notify-text:";

    /** Messages are written after the incident opened, by clocks that differ a little. */
    private static final Duration CLOCK_DRIFT = Duration.ofHours(1);

    private Markers() {}

    /** Lower limit of the time of a message; null if unknown. */
    static @Nullable Instant earliest(AddressedMessage message) {
        return message.message() instanceof OutgoingMessage.IncidentMessage(Notification notification, var why)
                ? notification.incident().openedAt().minus(CLOCK_DRIFT)
                : null;
    }

    static String add(String text, String... markers) {
        StringBuilder marked = new StringBuilder(text).append('\n');
        for (String marker : markers) {
            marked.append('\n').append(line(marker));
        }
        return marked.toString();
    }

    static boolean has(String text, String marker) {
        String wanted = line(marker);
        String[] lines = text.strip().split("\\R");
        for (int at = lines.length - 1; at >= 0; at--) {
            String line = lines[at].strip();
            if (line.equals(wanted)) {
                return true;
            }
            if (!line.startsWith(BEGIN) || !line.endsWith(END)) {
                return false;
            }
        }
        return false;
    }

    /** A marker by which an edit by a person is noticed: a digest of title and text. */
    static String digest(String title, String text) {
        String unmarked = text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.startsWith(OURS))
                .collect(Collectors.joining("\n"))
                .strip();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((title.strip() + "\n" + unmarked).getBytes(StandardCharsets.UTF_8));
            return TEXT + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a person edited what we wrote. */
    static boolean isEdited(String title, String text) {
        return text.contains(BEGIN + TEXT) && !contains(text, digest(title, text));
    }

    /** Whether our text, to which a person may have added more, has a marker. */
    static boolean contains(String text, String marker) {
        String wanted = line(marker);
        return text.lines().map(String::strip).anyMatch(wanted::equals);
    }

    private static String line(String marker) {
        return BEGIN + safe(marker) + END;
    }

    /** As in the text: nothing in it can end the comment. */
    static String safe(String marker) {
        StringBuilder safe = new StringBuilder();
        marker.codePoints()
                .forEach(point -> safe.appendCodePoint(point > ' ' && point != '<' && point != '>' ? point : '_'));
        return safe.toString().replace("--", "-_");
    }
}
