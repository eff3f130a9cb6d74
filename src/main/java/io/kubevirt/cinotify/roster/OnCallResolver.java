// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Resolves one query, level by level, and records the reasons. */
final class OnCallResolver {
    private final OnCallQuery query;
    private final AreaLevels levels;
    private final boolean mentionSig;
    private final List<String> reasons = new ArrayList<>();

    OnCallResolver(OnCallQuery query, AreaLevels levels, boolean mentionSig) {
        this.query = query;
        this.levels = levels;
        this.mentionSig = mentionSig;
    }

    OnCallResult resolve() {
        if (levels.isEmpty()) {
            reasons.add("nobody in the group's table has a level for " + query.area());
            return nobody();
        }
        if (mentionSig) {
            reasons.add(query.area() + " has no Primary: its SIG is mentioned");
        }
        return holder().or(() -> query.blocking() ? anyLevelAtWork() : Optional.empty())
                .or(() -> query.blocking() ? earliestOfAll() : firstLevel())
                .orElseGet(this::nobody);
    }

    /** An incident stays with its holder while the holder is at work. */
    private Optional<OnCallResult> holder() {
        for (Member member : levels.all()) {
            if (member.is(query.holder())) {
                Level level = level(member);
                if (member.schedule().isAtWork(query.at())) {
                    reasons.add(member.handle() + " already has this incident and is at work");
                    return Optional.of(new OnCallResult.Now(member, level, mentionSig, reasons));
                }
                reasons.add(member.handle() + " already has this incident but "
                        + member.schedule().absence(query.at()));
            }
        }
        return Optional.empty();
    }

    private Optional<OnCallResult> anyLevelAtWork() {
        for (Level level : levels.inOrder()) {
            Optional<OnCallResult> now = atWork(level);
            if (now.isPresent()) {
                return now;
            }
        }
        return Optional.empty();
    }

    private Optional<OnCallResult> atWork(Level level) {
        List<Member> present = levels.atWork(level, query.at());
        if (present.isEmpty()) {
            explainAbsences(level);
            return Optional.empty();
        }
        Member member =
                query.lastNotified().leastRecent(present, Member::handle).orElseThrow();
        reasons.add(member.handle() + " is " + level.title() + " for " + query.area() + " and at work; it is "
                + member.schedule().localTime(query.at()) + " there");
        if (present.size() > 1) {
            reasons.add(member.handle() + " was notified least recently of "
                    + TimeText.list(present.stream().map(Member::handle).toList()));
        }
        return Optional.of(new OnCallResult.Now(member, level, mentionSig, reasons));
    }

    private void explainAbsences(Level level) {
        for (Member member : levels.on(level)) {
            if (!member.is(query.holder())) {
                reasons.add(member.handle() + " is " + level.title() + " for " + query.area() + " but "
                        + member.schedule().absence(query.at()));
            }
        }
    }

    /** A non-blocking incident is deferred to the first level with a member who will be at work. */
    private Optional<OnCallResult> firstLevel() {
        for (Level level : levels.inOrder()) {
            Optional<OnCallResult> now = atWork(level);
            if (now.isPresent()) {
                return now;
            }
            List<AreaLevels.Start> first = levels.firstToStart(level, query.at());
            if (!first.isEmpty()) {
                AreaLevels.Start start = leastRecentlyNotified(first);
                reasons.add("the incident is not known to block merging: deferred for "
                        + start.member().handle() + " until " + start.at());
                return Optional.of(deferred(start, false));
            }
            reasons.add("no " + level.title() + " for " + query.area() + " works within " + Schedule.HORIZON.toDays()
                    + " days");
        }
        return Optional.empty();
    }

    private Optional<OnCallResult> earliestOfAll() {
        return levels.inOrder().stream()
                .map(level -> levels.firstToStart(level, query.at()))
                .filter(starts -> !starts.isEmpty())
                .map(this::leastRecentlyNotified)
                .reduce(BinaryOperator.minBy(Comparator.comparing(AreaLevels.Start::at)))
                .map(start -> {
                    reasons.add("nobody is at work: " + start.member().handle() + " is the first, at " + start.at()
                            + "; the channel is notified now");
                    return deferred(start, true);
                });
    }

    /** Among members who start to work at the same minute. */
    private AreaLevels.Start leastRecentlyNotified(List<AreaLevels.Start> starts) {
        return starts.stream()
                .filter(start -> start.member().is(query.holder()))
                .findFirst()
                .or(() -> query.lastNotified()
                        .leastRecent(starts, start -> start.member().handle()))
                .orElseThrow();
    }

    private OnCallResult deferred(AreaLevels.Start start, boolean channelAtOnce) {
        Instant at = start.at();
        return new OnCallResult.Deferred(start.member(), start.level(), at, channelAtOnce, mentionSig, reasons);
    }

    private OnCallResult nobody() {
        if (!levels.isEmpty()) {
            reasons.add("nobody for " + query.area() + " works within " + Schedule.HORIZON.toDays() + " days");
        }
        return new OnCallResult.Nobody(query.blocking(), mentionSig, reasons);
    }

    private Level level(Member member) {
        return member.level(query.area()).orElseThrow();
    }
}
