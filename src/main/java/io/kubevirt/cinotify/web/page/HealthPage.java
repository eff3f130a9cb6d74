// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.StatusItem;
import io.kubevirt.cinotify.web.api.StatusReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Whether ci-notify itself works.
 *
 * @param problems what somebody should look at; empty if all is well
 */
public record HealthPage(StatusItem status, List<Source> sources, List<String> problems, List<Queue> outbox) {
    public HealthPage {
        sources = List.copyOf(sources);
        problems = List.copyOf(problems);
        outbox = List.copyOf(outbox);
    }

    public record Source(String name, boolean connected, String contact, String problem) {}

    /** Messages of a channel in a state. */
    public record Queue(String channel, String state, long messages, String tone) {}

    public static HealthPage of(PageContext context, StatusItem status, StatusReader.Plugin plugin) {
        List<Queue> outbox = context.read().transaction().outboxQuery().counts().stream()
                .map(count -> new Queue(
                        count.channel(),
                        count.state(),
                        count.messages(),
                        count.state().equals("dead") || count.state().equals("unknown") ? "red" : "grey"))
                .sorted(Comparator.comparing(Queue::channel).thenComparing(Queue::state))
                .toList();
        List<String> problems = new ArrayList<>(new StatusReader(context.read()).problems(plugin));
        status.sources().stream()
                .filter(source -> !source.connected())
                .forEach(source -> problems.add("source " + source.name() + " is not connected"));
        outbox.stream()
                .filter(queue -> queue.tone().equals("red"))
                .forEach(queue -> problems.add(
                        Plural.of(queue.messages(), "message") + " of " + queue.channel() + ": " + queue.state()));
        return new HealthPage(
                status,
                status.sources().stream()
                        .map(source -> source(context, source))
                        .sorted(Comparator.comparing(Source::connected).thenComparing(Source::name))
                        .toList(),
                problems,
                outbox);
    }

    private static Source source(PageContext context, StatusItem.Source source) {
        Moment contact = context.moment(source.lastContactAt());
        return new Source(
                source.name(),
                source.connected(),
                contact == null ? "never" : contact.length().isEmpty() ? "just now" : contact.length() + " ago",
                Objects.requireNonNullElse(source.problem(), ""));
    }
}
