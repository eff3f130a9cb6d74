// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When the writing requests of each marker arrived, and when paused processes went on.
 *
 * <p>A process that is paused between the check of its claim and the request sends the request as soon as it goes on. No
 * check can prevent that (docs/decisions/0013-outbox.md), so what it doubles is counted apart.
 */
final class WriteLog {
    /** On Jira a marker is also the name of an anchor, which has no colon. */
    private static final Pattern MARKER = Pattern.compile("ci-notify[:-]([\\w.-]+)");

    /** Of channels whose messages have no marker. */
    static final Pattern LANE = Pattern.compile("post-[a-z]+-[a-z]{4}");

    /** A request that was ready to be sent arrives within this time after the process went on. */
    private static final Duration WINDOW = Duration.ofSeconds(2);

    private final Map<String, List<Instant>> arrivals = new ConcurrentHashMap<>();
    private final List<Instant> resumed = new CopyOnWriteArrayList<>();

    void arrived(String body) {
        String text = decoded(body);
        Stream.concat(
                        MARKER.matcher(text).results().map(marker -> "ci-notify:" + marker.group(1)),
                        LANE.matcher(text).results().map(MatchResult::group))
                .forEach(marker -> arrivals.computeIfAbsent(marker, none -> new CopyOnWriteArrayList<>())
                        .add(Instant.now()));
    }

    void resumed() {
        resumed.add(Instant.now());
    }

    /** Whether a paused process wrote it when it went on. */
    boolean isInWindow(String marker) {
        return arrivals.getOrDefault(marker, List.of()).stream().anyMatch(arrival -> resumed.stream()
                .anyMatch(at -> !arrival.isBefore(at) && arrival.isBefore(at.plus(WINDOW))));
    }

    private static String decoded(String body) {
        try {
            return URLDecoder.decode(body, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return body;
        }
    }
}
