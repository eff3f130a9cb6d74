// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Resolves who takes over from a holder whose shift has ended: the member who is at work, or starts next, for long enough
 * before the holder is back.
 */
final class HandoffResolver {
    /** The minimum working time of a successor: less is not worth a handoff. */
    static final Duration WORTHWHILE = Duration.ofHours(2);

    /** How far ahead the return of the holder is looked for. */
    private static final Duration HORIZON = Duration.ofDays(14);

    private record Candidate(Member member, Level level, Instant at) {}

    private final OnCallQuery query;
    private final Instant back;

    /**
     * @param query with a holder who is not at work
     * @param holder once for each level; empty if unknown
     */
    HandoffResolver(OnCallQuery query, List<Member> holder) {
        this.query = query;
        Instant end = query.at().plus(HORIZON);
        this.back = holder.stream()
                .flatMap(member -> member.schedule().nextWorkingMinute(query.at()).stream())
                .min(Comparator.naturalOrder())
                .filter(end::isAfter)
                .orElse(end);
    }

    Optional<OnCallResult> resolve(AreaLevels levels, boolean mentionSig) {
        List<Candidate> first = new ArrayList<>();
        for (Level level : levels.inOrder()) {
            for (Member member : levels.on(level)) {
                begin(member).ifPresent(at -> add(first, new Candidate(member, level, at)));
            }
        }
        return query.lastNotified()
                .leastRecent(first, candidate -> candidate.member().handle())
                .map(candidate -> result(candidate, mentionSig));
    }

    /** Keeps the earliest candidates, and of those the ones of the first level. */
    private static void add(List<Candidate> first, Candidate candidate) {
        if (first.isEmpty() || candidate.at().isBefore(first.getFirst().at())) {
            first.clear();
            first.add(candidate);
        } else if (candidate.at().equals(first.getFirst().at())
                && candidate.level() == first.getFirst().level()) {
            first.add(candidate);
        }
    }

    private Optional<Instant> begin(Member member) {
        return member.is(query.holder())
                ? Optional.empty()
                : member.schedule().workBetween(query.at(), back).stream()
                        .filter(span -> span.length().compareTo(WORTHWHILE) >= 0)
                        .map(TimeRange::start)
                        .findFirst();
    }

    private OnCallResult result(Candidate next, boolean mentionSig) {
        Member member = next.member();
        List<String> reasons = List.of(member.handle() + " is " + next.level().title() + " for " + query.area()
                + " and at work for at least "
                + WORTHWHILE.toHours() + " h before " + query.holder() + " is back; it is "
                + member.schedule().localTime(next.at()) + " there");
        return next.at().isAfter(query.at())
                ? new OnCallResult.Deferred(member, next.level(), next.at(), false, mentionSig, reasons)
                : new OnCallResult.Now(member, next.level(), mentionSig, reasons);
    }
}
