// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds who takes over from a member whose work is over: whoever is at work, or comes next, for long enough before that
 * member is back. Nobody takes over for the last hour of a day.
 */
final class HandoffResolver {

    /** In less nobody gets into something that others have begun. */
    static final Duration WORTHWHILE = Duration.ofHours(2);

    /** Who is away for longer is not waited for. */
    private static final Duration HORIZON = Duration.ofDays(14);

    private record Candidate(Member member, Level level, Instant at) {}

    private final OnCallQuery question;
    private final Instant back;

    /** @param question whose holder is not at work */
    HandoffResolver(OnCallQuery question, Optional<Member> holder) {
        this.question = question;
        Instant end = question.at().plus(HORIZON);
        this.back = holder.flatMap(member -> member.schedule().nextWorkingMinute(question.at()))
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
        return question.lastNotified()
                .leastRecent(first, candidate -> candidate.member().handle())
                .map(candidate -> result(candidate, mentionSig));
    }

    /** Keeps the earliest; of those the ones of the first level. */
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
        return member.is(question.holder())
                ? Optional.empty()
                : member.schedule().workBetween(question.at(), back).stream()
                        .filter(span -> span.length().compareTo(WORTHWHILE) >= 0)
                        .map(TimeRange::start)
                        .findFirst();
    }

    private OnCallResult result(Candidate next, boolean mentionSig) {
        Member member = next.member();
        List<String> reasons = List.of(member.handle() + " is " + next.level().title() + " for " + question.area()
                + " and at work for at least "
                + WORTHWHILE.toHours() + " h before " + question.holder() + " is back; it is "
                + member.schedule().localTime(next.at()) + " there");
        return next.at().isAfter(question.at())
                ? new OnCallResult.Deferred(member, next.level(), next.at(), false, mentionSig, reasons)
                : new OnCallResult.Now(member, next.level(), mentionSig, reasons);
    }
}
