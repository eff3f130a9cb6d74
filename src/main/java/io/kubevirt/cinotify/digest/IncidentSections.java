// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections about incidents. */
final class IncidentSections {
    private static final int MOST = 10;

    /** Blocking incidents first, then by age. */
    private static final Comparator<IncidentHistory> ORDER = Comparator.<IncidentHistory, Boolean>comparing(
                    history -> !history.incident().blocking())
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
        lines.add(DigestLine.of(times(data.incidents(), data.resolved())));
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
        return median("acknowledged", answers) + ", " + median("resolved", ends);
    }

    private static String median(String what, List<Duration> times) {
        return StatsFormat.median(times)
                .map(time -> what + " after " + StatsFormat.duration(time) + " (median of " + times.size() + ")")
                .orElse("none " + what);
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
        int folded = data.foldedInto(incident.id());
        DigestLine more = folded == 0 ? line : line.text(", includes " + Plural.of(folded, "folded incident"));
        return response(more, incident);
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

    private static DigestLine about(IncidentView incident) {
        Diagnosis diagnosis = incident.diagnosis();
        DigestLine line = incident.latest() != null && incident.latest().url() != null
                ? DigestLine.link(incident.title(), incident.latest().url())
                : DigestLine.code(incident.title());
        return line.text(" (")
                .untrusted(diagnosis.area())
                .text(diagnosis.hasSig() ? ", " : "")
                .untrusted(diagnosis.hasSig() ? diagnosis.sig() : "")
                .text(incident.blocking() ? ", blocking)" : ")");
    }

    /** Numbers and median times by area and SIG. */
    Digest.Section byAreaAndSig() {
        Function<IncidentHistory, String> owner =
                history -> history.incident().diagnosis().area() + "\n"
                        + history.incident().diagnosis().sig();
        Map<String, List<IncidentHistory>> groups = Stream.concat(data.open().stream(), data.resolved().stream())
                .distinct()
                .collect(Collectors.groupingBy(owner, TreeMap::new, Collectors.toList()));
        return Digest.Section.of(
                "By area and SIG", groups.values().stream().map(this::group).toList(), Integer.MAX_VALUE);
    }

    private DigestLine group(List<IncidentHistory> group) {
        Diagnosis owner = group.getFirst().incident().diagnosis();
        List<IncidentHistory> resolved =
                group.stream().filter(data.resolved()::contains).toList();
        long open = group.stream().filter(data.open()::contains).count();
        DigestLine line = DigestLine.of("").untrusted(owner.area());
        return (owner.hasSig() ? line.text(", SIG ").untrusted(owner.sig()) : line)
                .text(": " + open + " open, " + resolved.size() + " resolved; " + times(group, resolved));
    }
}
