// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are listed. Several values of one filter are alternatives; an empty filter selects all.
 *
 * @param state open, resolved or retracted; or a response, for open incidents
 * @param since only those that were open at or after this instant
 * @param text in title, lanes, reason, id or {@code #pull}; ignoring case
 */
public record IncidentFilter(
        String state,
        List<String> areas,
        List<String> sigs,
        List<String> who,
        List<String> kinds,
        List<String> causes,
        boolean blocking,
        @Nullable Instant since,
        @Nullable String text) {
    /** The names of the parameters. */
    public static final List<String> PARAMETERS =
            List.of("state", "area", "sig", "who", "kind", "cause", "blocking", "since", "q");

    private static final List<String> STATES = Stream.concat(
                    Stream.of("open", "resolved", "retracted"), IncidentItem.RESPONSES.stream())
            .toList();

    /** All open incidents. */
    public static final IncidentFilter NONE = ofState("open");

    /** All resolved incidents. */
    public static IncidentFilter resolved() {
        return ofState("resolved");
    }

    private static IncidentFilter ofState(String state) {
        return new IncidentFilter(state, List.of(), List.of(), List.of(), List.of(), List.of(), false, null, null);
    }

    public static IncidentFilter of(RequestParameters parameters) {
        return new IncidentFilter(
                parameters.choice("state", STATES, "open"),
                parameters.all("area"),
                parameters.all("sig"),
                parameters.all("who"),
                parameters.all("kind"),
                parameters.all("cause"),
                parameters.flag("blocking"),
                parameters.instant("since"),
                parameters.text("q"));
    }

    /** Whether it lists incidents that are over. */
    public boolean isOver() {
        return state.equals("resolved") || state.equals("retracted");
    }

    boolean matches(IncidentItem incident) {
        return (state.equals("open") || isOver() || state.equals(incident.response()))
                && isOneOf(areas, incident.area())
                && isOneOf(sigs, Objects.requireNonNullElse(incident.sig(), "none"))
                && isOneOf(who, Objects.requireNonNullElse(incident.assignee(), "nobody"))
                && isOneOf(kinds, incident.kind())
                && isOneOf(causes, incident.cause())
                && (!blocking || incident.isBlocking())
                && (since == null
                        || incident.closedAt() == null
                        || !incident.closedAt().isBefore(since))
                && (text == null || contains(incident, text.toLowerCase(Locale.ROOT)));
    }

    private static boolean isOneOf(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.stream().anyMatch(value::equalsIgnoreCase);
    }

    private static boolean contains(IncidentItem incident, String lower) {
        return Stream.of(
                        Stream.of(incident.title(), incident.why(), incident.id()),
                        incident.lanes().stream(),
                        incident.pulls().stream().map(pull -> "#" + pull))
                .flatMap(words -> words)
                .anyMatch(words -> words.toLowerCase(Locale.ROOT).contains(lower));
    }
}
