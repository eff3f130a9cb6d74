// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of it.
 *
 * @param paused how often a replica stood still for longer than the others wait for it
 * @param refused how often a second process on the embedded store was not let in
 * @param killing the seconds from the first start to the last kill
 * @param seconds from the beginning until all was at rest
 * @param accepted deliveries that were answered with 2xx
 * @param repeated those of them that had come before
 * @param messages what the store holds to be visible
 * @param difference unaccounted deliveries
 * @param lost what should be there and is not
 * @param doubled what is there more than once
 * @param inWindow what a replica doubled that was paused between the check of its claim and the request
 * @param wrong what is seen in another state than the latest
 * @param notOpened what was first seen as something else than opened
 * @param settle seconds from the last fault until each message was settled, by channel
 * @param complaints what the plugin logged as errors
 */
record ChaosReport(
        @JsonProperty long seed,
        @JsonProperty int replicas,
        @JsonProperty int kills,
        @JsonProperty int paused,
        @JsonProperty int refused,
        @JsonProperty long killing,
        @JsonProperty long seconds,
        @JsonProperty int accepted,
        @JsonProperty int repeated,
        @JsonProperty int lanes,
        @JsonProperty int messages,
        @JsonProperty double difference,
        @JsonProperty List<String> lost,
        @JsonProperty List<String> doubled,
        @JsonProperty List<String> inWindow,
        @JsonProperty List<String> wrong,
        @JsonProperty List<String> notOpened,
        @JsonProperty Map<String, SettleTimes.Settled> settle,
        @JsonProperty List<String> complaints) {

    private static final int SHOWN = 20;

    String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%-10s%-10s%-8s%-10s%-10s%-8s%-10s%-12s%-6s%-9s%-9s%s%n%-10d%-10s%-8d%-10d%-10d%-8d%-10d%-12.0f%-6d%-9d%-9d%d%n",
                "seed",
                "store",
                "kills",
                "accepted",
                "repeated",
                "lanes",
                "messages",
                "difference",
                "lost",
                "doubled",
                "killing",
                "seconds",
                seed,
                replicas == 1 ? "embedded" : replicas + " on PG",
                kills,
                accepted,
                repeated,
                lanes,
                messages,
                difference,
                lost.size(),
                doubled.size(),
                killing,
                seconds));
        for (List<String> lines : List.of(lost, doubled, inWindow, wrong, notOpened, complaints)) {
            lines.stream()
                    .limit(SHOWN)
                    .forEach(line -> table.append("  ").append(line).append('\n'));
        }
        return table.toString();
    }

    /** All of it on one line. */
    String sums() {
        return String.format(
                Locale.ROOT,
                "chaos: seed %d, %d replicas: %d kills, %d stood still, %d refused, %d accepted, %d repeated, %d"
                        + " messages, %d lost, %d doubled, %d in the window, %d wrong, %d not opened first,"
                        + " difference %.0f, %d complaints, %d s, settled %s%n",
                seed,
                replicas,
                kills,
                paused,
                refused,
                accepted,
                repeated,
                messages,
                lost.size(),
                doubled.size(),
                inWindow.size(),
                wrong.size(),
                notOpened.size(),
                difference,
                complaints.size(),
                seconds,
                settle);
    }

    String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
