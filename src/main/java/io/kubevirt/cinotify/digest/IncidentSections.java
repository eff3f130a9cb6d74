/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.template.Piece;
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
    private static final Comparator<Episode> ORDER = Comparator.<Episode, Boolean>comparing(
                    episode -> !episode.incident().blocking())
            .thenComparing(episode -> episode.incident().openedAt())
            .thenComparing(episode -> episode.incident().id());

    private final Facts facts;

    IncidentSections(Facts facts) {
        this.facts = facts;
    }

    /** What is open and what was, in a line or two. */
    List<Line> summary() {
        long opened = facts.episodes().stream()
                .filter(episode -> !episode.isFolded()
                        && facts.period().has(episode.incident().openedAt()))
                .count();
        List<Line> lines = new ArrayList<>();
        lines.add(Line.own(Figures.count((int) opened, "incident") + " opened, "
                + facts.resolved().size() + " resolved, " + facts.open().size() + " open now"));
        lines.add(Line.own(times(facts.episodes(), facts.resolved())));
        facts.notes().forEach(note -> lines.add(Line.own(note)));
        return lines;
    }

    private String times(List<Episode> all, List<Episode> resolved) {
        List<Duration> answers = all.stream()
                .flatMap(episode -> episode.timeToAcknowledge().stream())
                .toList();
        List<Duration> ends = resolved.stream()
                .flatMap(episode -> episode.timeToResolve().stream())
                .toList();
        return median("acknowledged", answers) + ", " + median("resolved", ends);
    }

    private static String median(String what, List<Duration> times) {
        return Figures.median(times)
                .map(time -> what + " after " + Figures.time(time) + " (median of " + times.size() + ")")
                .orElse("none " + what);
    }

    /** What is open. */
    Page.Section open() {
        List<Line> lines = facts.open().stream().sorted(ORDER).map(this::open).toList();
        return Page.Section.of("Open: " + lines.size(), lines, MOST);
    }

    private Line open(Episode episode) {
        IncidentView incident = episode.incident();
        Line line = about(incident)
                .and(", for "
                        + Figures.time(Duration.between(
                                incident.openedAt(), facts.period().until())));
        int folded = facts.foldedInto(incident.id());
        Line more = folded == 0 ? line : line.and(", explains " + Figures.count(folded, "other incident"));
        return care(more, incident);
    }

    private Line care(Line line, IncidentView incident) {
        Instant snoozed = incident.snoozedUntil();
        if (incident.acknowledgedBy() == null) {
            return incident.responsible() == null
                    ? line.and("; nobody was told")
                    : line.and("; ").person(incident.responsible()).and(" was told and has not answered");
        }
        Line with = line.and("; ").person(incident.acknowledgedBy()).and(" sees to it");
        return snoozed != null && snoozed.isAfter(facts.period().until())
                ? with.and(", quiet until ").with(new Piece.Moment(snoozed))
                : with;
    }

    /** What is over. */
    Page.Section resolved() {
        List<Line> lines = facts.resolved().stream()
                .sorted(ORDER)
                .map(episode -> episode.timeToResolve()
                        .map(time -> about(episode.incident())
                                .and(", from " + day(episode) + ", took " + Figures.time(time)))
                        .orElseGet(() -> about(episode.incident())))
                .toList();
        return Page.Section.of("Resolved: " + lines.size(), lines, MOST);
    }

    private static LocalDate day(Episode episode) {
        return LocalDate.ofInstant(episode.incident().openedAt(), ZoneOffset.UTC);
    }

    private static Line about(IncidentView incident) {
        Diagnosis diagnosis = incident.diagnosis();
        Line line = incident.latest() != null && incident.latest().url() != null
                ? Line.link(incident.title(), incident.latest().url())
                : Line.code(incident.title());
        return line.and(" (")
                .outside(diagnosis.area())
                .and(diagnosis.hasSig() ? ", " : "")
                .outside(diagnosis.hasSig() ? diagnosis.sig() : "")
                .and(incident.blocking() ? ", blocking)" : ")");
    }

    /** How many of each area and SIG, and how long they took. */
    Page.Section byAreaAndSig() {
        Function<Episode, String> whose =
                episode -> episode.incident().diagnosis().area() + "\n"
                        + episode.incident().diagnosis().sig();
        Map<String, List<Episode>> groups = Stream.concat(facts.open().stream(), facts.resolved().stream())
                .distinct()
                .collect(Collectors.groupingBy(whose, TreeMap::new, Collectors.toList()));
        return Page.Section.of(
                "By area and SIG", groups.values().stream().map(this::group).toList(), Integer.MAX_VALUE);
    }

    private Line group(List<Episode> group) {
        Diagnosis whose = group.getFirst().incident().diagnosis();
        List<Episode> resolved =
                group.stream().filter(facts.resolved()::contains).toList();
        long open = group.stream().filter(facts.open()::contains).count();
        Line line = Line.own("").outside(whose.area());
        return (whose.hasSig() ? line.and(", SIG ").outside(whose.sig()) : line)
                .and(": " + open + " open, " + resolved.size() + " resolved; " + times(group, resolved));
    }
}
