// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A job after the merge and how its runs end, one after the other. */
final class Lane {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> AREAS = List.of("north", "south", "east", "west");
    private static final int LETTERS = 26;
    private static final int MOST_RUNS = 7;
    private static final long FIRST_BUILD = 1_990_000_000_000_000_000L;

    private final String name;
    private final long number;
    private final List<Boolean> reds = new ArrayList<>();
    private int sent;

    Lane(int number, RandomGenerator random) {
        this.number = number;
        this.name = "post-" + AREAS.get(number % AREAS.size()) + "-" + letters(number);
        int failures = 1 + random.nextInt(3);
        for (int failure = 0; failure < failures; failure++) {
            reds.add(true);
        }
        // Most pass again, some of these fail again, and most of those pass.
        for (boolean red = false; reds.size() < MOST_RUNS && random.nextInt(5) < 3; red = !red) {
            reds.add(red);
        }
    }

    /** All of one length, so that none is the beginning of another; no digits, which may be versions. */
    private static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (int rest = number, place = 0; place < 4; rest /= LETTERS, place++) {
            letters.append((char) ('a' + rest % LETTERS));
        }
        return letters.toString();
    }

    String name() {
        return name;
    }

    /** As in the title of its incident, without the type of its job; in no other name either. */
    String title() {
        return name.substring(name.indexOf('-') + 1);
    }

    boolean hasMore() {
        return sent < reds.size();
    }

    /** Whether anything of it was sent. */
    boolean hasBegun() {
        return sent > 0;
    }

    /** Whether its last run that was sent is red. */
    boolean isRed() {
        return sent > 0 && reds.get(sent - 1);
    }

    /** Whether it failed again after it passed. */
    boolean cameBack() {
        List<Boolean> past = reds.subList(0, sent);
        return past.contains(false) && past.lastIndexOf(true) > past.indexOf(false);
    }

    /** The status of its next run. */
    byte[] next() {
        boolean red = reds.get(sent);
        ObjectNode payload = StatusPayload.recorded("status-postsubmit-success.json");
        payload.put("context", name)
                .put("state", red ? "failure" : "success")
                .put("description", red ? "Job failed." : "Job succeeded.")
                // GitHub's clock, whichever replica receives it.
                .put("updated_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put(
                        "target_url",
                        "https://prow.chaos.example/view/gs/logs/logs/" + name + "/"
                                + (FIRST_BUILD + number * 100 + sent));
        try {
            return JSON.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It was taken. */
    void accepted() {
        sent++;
    }
}
