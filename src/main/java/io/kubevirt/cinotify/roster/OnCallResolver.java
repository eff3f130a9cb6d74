// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Answers one question, level by level, and keeps the reasons. */
final class OnCallResolver {

    private final OnCallQuery question;
    private final AreaLevels levels;
    private final boolean mentionSig;
    private final List<String> reasons = new ArrayList<>();

    OnCallResolver(OnCallQuery question, AreaLevels levels, boolean mentionSig) {
        this.question = question;
        this.levels = levels;
        this.mentionSig = mentionSig;
    }

    OnCallResult resolve() {
        if (levels.isEmpty()) {
            reasons.add("nobody in the group's table has a level for " + question.area());
            return nobody();
        }
        if (mentionSig) {
            reasons.add(question.area() + " has no Primary: its SIG is mentioned");
        }
        return holder().or(() -> question.blocking() ? anyLevelAtWork() : Optional.empty())
                .or(() -> question.blocking() ? earliestOfAll() : firstLevel())
                .orElseGet(this::nobody);
    }

    /** One incident stays with one person, whoever else comes to work meanwhile. */
    private Optional<OnCallResult> holder() {
        for (Member member : levels.all()) {
            if (member.is(question.holder())) {
                Level level = level(member);
                if (member.schedule().isAtWork(question.at())) {
                    reasons.add(member.handle() + " has this incident already and is at work");
                    return Optional.of(new OnCallResult.Now(member, level, mentionSig, reasons));
                }
                reasons.add(member.handle() + " has this incident already but "
                        + member.schedule().absence(question.at()));
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
        List<Member> there = levels.atWork(level, question.at());
        if (there.isEmpty()) {
            explainAbsences(level);
            return Optional.empty();
        }
        Member member =
                question.lastNotified().leastRecent(there, Member::handle).orElseThrow();
        reasons.add(member.handle() + " is " + level.title() + " for " + question.area() + " and at work; it is "
                + member.schedule().localTime(question.at()) + " there");
        if (there.size() > 1) {
            reasons.add(member.handle() + " was told least recently of "
                    + TimeText.list(there.stream().map(Member::handle).toList()));
        }
        return Optional.of(new OnCallResult.Now(member, level, mentionSig, reasons));
    }

    private void explainAbsences(Level level) {
        for (Member member : levels.on(level)) {
            if (!member.is(question.holder())) {
                reasons.add(member.handle() + " is " + level.title() + " for " + question.area() + " but "
                        + member.schedule().absence(question.at()));
            }
        }
    }

    /** What can wait waits for the first level that will ever be there. */
    private Optional<OnCallResult> firstLevel() {
        for (Level level : levels.inOrder()) {
            Optional<OnCallResult> now = atWork(level);
            if (now.isPresent()) {
                return now;
            }
            List<AreaLevels.Start> first = levels.firstToStart(level, question.at());
            if (!first.isEmpty()) {
                AreaLevels.Start start = leastRecentlyNotified(first);
                reasons.add("it is not blocking: it waits for " + start.member().handle() + " until " + start.at());
                return Optional.of(deferred(start, false));
            }
            reasons.add("no " + level.title() + " for " + question.area() + " works within " + Schedule.HORIZON.toDays()
                    + " days");
        }
        return Optional.empty();
    }

    private Optional<OnCallResult> earliestOfAll() {
        return levels.inOrder().stream()
                .map(level -> levels.firstToStart(level, question.at()))
                .filter(starts -> !starts.isEmpty())
                .map(this::leastRecentlyNotified)
                .reduce(BinaryOperator.minBy(Comparator.comparing(AreaLevels.Start::at)))
                .map(start -> {
                    reasons.add("nobody is at work: " + start.member().handle() + " is the first to be, at "
                            + start.at() + "; the channel gets it at once");
                    return deferred(start, true);
                });
    }

    /** Among people who begin to work at the same minute. */
    private AreaLevels.Start leastRecentlyNotified(List<AreaLevels.Start> starts) {
        return starts.stream()
                .filter(start -> start.member().is(question.holder()))
                .findFirst()
                .or(() -> question.lastNotified()
                        .leastRecent(starts, start -> start.member().handle()))
                .orElseThrow();
    }

    private OnCallResult deferred(AreaLevels.Start start, boolean channelAtOnce) {
        Instant at = start.at();
        return new OnCallResult.Deferred(start.member(), start.level(), at, channelAtOnce, mentionSig, reasons);
    }

    private OnCallResult nobody() {
        if (!levels.isEmpty()) {
            reasons.add("nobody for " + question.area() + " works within " + Schedule.HORIZON.toDays() + " days");
        }
        return new OnCallResult.Nobody(question.blocking(), mentionSig, reasons);
    }

    private Level level(Member member) {
        return member.level(question.area()).orElseThrow();
    }
}
