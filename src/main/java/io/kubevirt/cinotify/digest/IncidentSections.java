// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.template.Fragment;
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

/** The incidents of a period, one by one and by area and SIG. */
final class IncidentSections {

    private static final int MOST = 10;

    /** What keeps pull requests from merging first, then the oldest. */
    private static final Comparator<IncidentHistory> ORDER = Comparator.<IncidentHistory, Boolean>comparing(
                    episode -> !episode.incident().blocking())
            .thenComparing(episode -> episode.incident().openedAt())
            .thenComparing(episode -> episode.incident().id());

    private final DigestData facts;

    IncidentSections(DigestData facts) {
        this.facts = facts;
    }

    /** What is open and what was, in a line or two. */
    List<DigestLine> summary() {
        long opened = facts.incidents().stream()
                .filter(episode -> !episode.isFolded()
                        && facts.period().contains(episode.incident().openedAt()))
                .count();
        List<DigestLine> lines = new ArrayList<>();
        lines.add(DigestLine.of(StatsFormat.count((int) opened, "incident") + " opened, "
                + facts.resolved().size() + " resolved, " + facts.open().size() + " open now"));
        lines.add(DigestLine.of(times(facts.incidents(), facts.resolved())));
        facts.notes().forEach(note -> lines.add(DigestLine.of(note)));
        return lines;
    }

    private String times(List<IncidentHistory> all, List<IncidentHistory> resolved) {
        List<Duration> answers = all.stream()
                .flatMap(episode -> episode.timeToAcknowledge().stream())
                .toList();
        List<Duration> ends = resolved.stream()
                .flatMap(episode -> episode.timeToResolve().stream())
                .toList();
        return median("acknowledged", answers) + ", " + median("resolved", ends);
    }

    private static String median(String what, List<Duration> times) {
        return StatsFormat.median(times)
                .map(time -> what + " after " + StatsFormat.duration(time) + " (median of " + times.size() + ")")
                .orElse("none " + what);
    }

    /** What is open. */
    Digest.Section open() {
        List<DigestLine> lines =
                facts.open().stream().sorted(ORDER).map(this::open).toList();
        return Digest.Section.of("Open: " + lines.size(), lines, MOST);
    }

    private DigestLine open(IncidentHistory episode) {
        IncidentView incident = episode.incident();
        DigestLine line = about(incident)
                .text(", for "
                        + StatsFormat.duration(Duration.between(
                                incident.openedAt(), facts.period().until())));
        int folded = facts.foldedInto(incident.id());
        DigestLine more = folded == 0 ? line : line.text(", explains " + StatsFormat.count(folded, "other incident"));
        return response(more, incident);
    }

    private DigestLine response(DigestLine line, IncidentView incident) {
        Instant snoozed = incident.snoozedUntil();
        if (incident.acknowledgedBy() == null) {
            return incident.responsible() == null
                    ? line.text("; nobody was told")
                    : line.text("; ").person(incident.responsible()).text(" was told and has not answered");
        }
        DigestLine with = line.text("; ").person(incident.acknowledgedBy()).text(" sees to it");
        return snoozed != null && snoozed.isAfter(facts.period().until())
                ? with.text(", quiet until ").with(new Fragment.Timestamp(snoozed))
                : with;
    }

    /** What is over. */
    Digest.Section resolved() {
        List<DigestLine> lines = facts.resolved().stream()
                .sorted(ORDER)
                .map(episode -> episode.timeToResolve()
                        .map(time -> about(episode.incident())
                                .text(", from " + day(episode) + ", took " + StatsFormat.duration(time)))
                        .orElseGet(() -> about(episode.incident())))
                .toList();
        return Digest.Section.of("Resolved: " + lines.size(), lines, MOST);
    }

    private static LocalDate day(IncidentHistory episode) {
        return LocalDate.ofInstant(episode.incident().openedAt(), ZoneOffset.UTC);
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

    /** How many of each area and SIG, and how long they took. */
    Digest.Section byAreaAndSig() {
        Function<IncidentHistory, String> whose =
                episode -> episode.incident().diagnosis().area() + "\n"
                        + episode.incident().diagnosis().sig();
        Map<String, List<IncidentHistory>> groups = Stream.concat(facts.open().stream(), facts.resolved().stream())
                .distinct()
                .collect(Collectors.groupingBy(whose, TreeMap::new, Collectors.toList()));
        return Digest.Section.of(
                "By area and SIG", groups.values().stream().map(this::group).toList(), Integer.MAX_VALUE);
    }

    private DigestLine group(List<IncidentHistory> group) {
        Diagnosis whose = group.getFirst().incident().diagnosis();
        List<IncidentHistory> resolved =
                group.stream().filter(facts.resolved()::contains).toList();
        long open = group.stream().filter(facts.open()::contains).count();
        DigestLine line = DigestLine.of("").untrusted(whose.area());
        return (whose.hasSig() ? line.text(", SIG ").untrusted(whose.sig()) : line)
                .text(": " + open + " open, " + resolved.size() + " resolved; " + times(group, resolved));
    }
}
