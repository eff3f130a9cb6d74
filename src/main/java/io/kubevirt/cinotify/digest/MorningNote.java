// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a member finds at the start of the working day: their own open incidents, and what opened in their areas since they were
 * last at work.
 *
 * @param away from the end of the last working day until the start of this one
 */
public record MorningNote(Member member, DigestPeriod away) {
    private static final int MOST = 10;

    /** How far back the end of the last working day is looked for. */
    private static final Duration LONGEST = Duration.ofDays(21);

    /** A note after that would be no help, and what is new meanwhile was notified. */
    private static final Duration LATEST = Duration.ofMinutes(30);

    /** Empty unless the working day of a member has just begun. Quiet hours are not a part of it. */
    public static Optional<MorningNote> due(Member member, Instant now) {
        List<TimeRange> work = member.schedule().of(false).workBetween(now.minus(LONGEST), now.plusMillis(1));
        if (work.isEmpty() || !work.getLast().contains(now)) {
            return Optional.empty();
        }
        Instant start = work.getLast().start();
        Instant end = work.size() == 1
                ? now.minus(LONGEST)
                : work.get(work.size() - 2).end();
        boolean isFirstOfDay = work.size() == 1
                || !day(member, work.get(work.size() - 2).start()).equals(day(member, start));
        return isFirstOfDay && Duration.between(start, now).compareTo(LATEST) <= 0
                ? Optional.of(new MorningNote(member, new DigestPeriod(end, start)))
                : Optional.empty();
    }

    private static LocalDate day(Member member, Instant at) {
        return LocalDate.ofInstant(at, zone(member));
    }

    private static ZoneId zone(Member member) {
        return member.schedule().zone().id();
    }

    /** Unique among all notes. */
    public String id() {
        return "morning-" + day(member, away.until()) + "-" + member.handle();
    }

    /** Whether an incident belongs into the note. */
    public boolean concerns(IncidentView incident) {
        return incident.foldedInto() == null
                && incident.openedAt().isBefore(away.until())
                && (isOwn(incident) || away.contains(incident.openedAt()) && isOfOwnArea(incident));
    }

    private boolean isOfOwnArea(IncidentView incident) {
        return member.levels().isEmpty()
                || member.levels().containsKey(incident.diagnosis().area());
    }

    private boolean isOwn(IncidentView incident) {
        return isOpen(incident)
                && (member.handle().equalsIgnoreCase(incident.responsible())
                        || member.handle().equalsIgnoreCase(incident.acknowledgedBy()));
    }

    /**
     * The text; empty if there is nothing.
     *
     * @param incidents those that belong into the note and that the reader may see
     * @param notes about those that the reader may not see
     */
    public Optional<Digest> page(List<IncidentView> incidents, List<String> notes) {
        if (incidents.isEmpty()) {
            return Optional.empty();
        }
        List<IncidentView> sorted = incidents.stream()
                .sorted(Comparator.comparing((IncidentView incident) -> !incident.blocking())
                        .thenComparing(IncidentView::openedAt)
                        .thenComparing(IncidentView::id))
                .toList();
        List<Digest.Section> sections = new ArrayList<>();
        add(sections, "Yours", sorted.stream().filter(this::isOwn).toList());
        add(
                sections,
                "Opened since you were last at work",
                sorted.stream().filter(incident -> !isOwn(incident)).toList());
        return Optional.of(new Digest(
                "CI this morning, " + day(member, away.until()),
                notes.stream().map(DigestLine::of).toList(),
                sections));
    }

    private static void add(List<Digest.Section> sections, String heading, List<IncidentView> incidents) {
        if (!incidents.isEmpty()) {
            sections.add(Digest.Section.of(
                    heading + ": " + incidents.size(),
                    incidents.stream().map(MorningNote::line).toList(),
                    MOST));
        }
    }

    private static DigestLine line(IncidentView incident) {
        DigestLine line = IncidentSections.about(incident);
        if (!isOpen(incident)) {
            return line.text(", over");
        }
        String who = incident.acknowledgedBy() == null ? incident.responsible() : incident.acknowledgedBy();
        return who == null
                ? line.text("; nobody was notified")
                : line.text(incident.acknowledgedBy() == null ? "; not acknowledged by " : "; acknowledged by ")
                        .person(who);
    }

    private static boolean isOpen(IncidentView incident) {
        return incident.state() == IncidentState.OPEN;
    }
}
