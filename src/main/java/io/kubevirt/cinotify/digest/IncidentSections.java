// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.template.Fragment;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections about incidents. */
final class IncidentSections {
    private static final int MOST = 5;

    /** Fewer times have no meaningful median. */
    private static final int LEAST_TIMES = 3;

    /** By severity: blocking first, then by pull requests, then by age. */
    private static final Comparator<IncidentHistory> ORDER = Comparator.<IncidentHistory, Boolean>comparing(
                    history -> !history.incident().blocking())
            .thenComparing(history -> -history.incident().pulls().size())
            .thenComparing(history -> history.incident().openedAt())
            .thenComparing(history -> history.incident().id());

    private final DigestData data;

    IncidentSections(DigestData data) {
        this.data = data;
    }

    /** The numbers of incidents and median times. */
    List<DigestLine> summary() {
        long opened = data.incidents().stream()
                .filter(history -> !history.isFolded()
                        && data.period().contains(history.incident().openedAt()))
                .count();
        List<DigestLine> lines = new ArrayList<>();
        lines.add(DigestLine.of(Plural.of((int) opened, "incident") + " opened, "
                + data.resolved().size() + " resolved, " + data.open().size() + " open now"));
        String times = times(data.incidents(), data.resolved());
        if (!times.isEmpty()) {
            lines.add(DigestLine.of(times));
        }
        data.notes().forEach(note -> lines.add(DigestLine.of(note)));
        return lines;
    }

    private String times(List<IncidentHistory> all, List<IncidentHistory> resolved) {
        List<Duration> answers = all.stream()
                .flatMap(history -> history.timeToAcknowledge().stream())
                .toList();
        List<Duration> ends = resolved.stream()
                .flatMap(history -> history.timeToResolve().stream())
                .toList();
        return Stream.of(median("acknowledged", answers), median("resolved", ends))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> median(String what, List<Duration> times) {
        return times.size() < LEAST_TIMES
                ? Optional.empty()
                : StatsFormat.median(times)
                        .map(time ->
                                what + " after " + StatsFormat.duration(time) + " (median of " + times.size() + ")");
    }

    /** Open incidents. */
    Digest.Section open() {
        List<DigestLine> lines =
                data.open().stream().sorted(ORDER).map(this::open).toList();
        return Digest.Section.of("Open: " + lines.size(), lines, MOST);
    }

    private DigestLine open(IncidentHistory history) {
        IncidentView incident = history.incident();
        DigestLine line = about(incident)
                .text(", for "
                        + StatsFormat.duration(Duration.between(
                                incident.openedAt(), data.period().until())));
        return response(line, incident);
    }

    /** Outages of the period, also those that are over. */
    Digest.Section outages() {
        List<DigestLine> lines = Stream.concat(data.open().stream(), data.resolved().stream())
                .distinct()
                .filter(history -> history.incident().kind() == IncidentKind.OUTAGE)
                .sorted(Comparator.comparing(history -> history.incident().openedAt()))
                .map(this::outage)
                .toList();
        return Digest.Section.of("Outages: " + lines.size(), lines, MOST);
    }

    /** Begins with the day: outages have names that are alike. */
    private DigestLine outage(IncidentHistory history) {
        IncidentView incident = history.incident();
        String length = history.timeToResolve()
                .map(time -> " for " + StatsFormat.duration(time))
                .orElse(", still open");
        return DigestLine.of(day(history) + length + ": ")
                .append(name(incident))
                .text(", " + incident.diagnosis().cause().value() + ", "
                        + Plural.of(incident.lanes().size(), "lane") + pulls(incident));
    }

    private DigestLine response(DigestLine line, IncidentView incident) {
        Instant snoozed = incident.snoozedUntil();
        if (incident.acknowledgedBy() == null) {
            return incident.responsible() == null
                    ? line.text("; nobody was notified")
                    : line.text("; ").person(incident.responsible()).text(" was notified, not acknowledged");
        }
        DigestLine with = line.text("; acknowledged by ").person(incident.acknowledgedBy());
        return snoozed != null && snoozed.isAfter(data.period().until())
                ? with.text(", snoozed until ").with(new Fragment.Timestamp(snoozed))
                : with;
    }

    /** Resolved incidents. */
    Digest.Section resolved() {
        List<DigestLine> lines = data.resolved().stream()
                .filter(history -> history.incident().kind() != IncidentKind.OUTAGE)
                .sorted(ORDER)
                .map(history -> history.timeToResolve()
                        .map(time -> about(history.incident())
                                .text(", from " + day(history) + ", took " + StatsFormat.duration(time)))
                        .orElseGet(() -> about(history.incident())))
                .toList();
        return Digest.Section.of("Resolved: " + lines.size(), lines, MOST);
    }

    private static LocalDate day(IncidentHistory history) {
        return LocalDate.ofInstant(history.incident().openedAt(), ZoneOffset.UTC);
    }

    static DigestLine about(IncidentView incident) {
        return name(incident).text(pulls(incident));
    }

    private static DigestLine name(IncidentView incident) {
        return incident.latest() != null && incident.latest().url() != null
                ? DigestLine.link(incident.shortTitle(), incident.latest().url())
                : DigestLine.of("").untrusted(incident.shortTitle());
    }

    private static String pulls(IncidentView incident) {
        return incident.pulls().isEmpty()
                ? ""
                : ", " + Plural.of(incident.pulls().size(), "PR") + (incident.blocking() ? " blocked" : "");
    }
}
