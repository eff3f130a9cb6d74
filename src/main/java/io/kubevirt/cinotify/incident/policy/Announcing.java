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
package io.kubevirt.cinotify.incident.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares how incidents are with what people know of them, and says the difference. So it does not matter how an incident
 * came to be as it is: by one more run, by a hundred after a gap, or because a late one changed what was counted before.
 */
final class Announcing {

    /** From here on people are told that the news is late. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final Bureau bureau;
    private final Telling telling;
    private final Muting muting;

    Announcing(Bureau bureau, Telling telling) {
        this.bureau = bureau;
        this.telling = telling;
        this.muting = new Muting(bureau, telling);
    }

    void compare(Collection<Case> changed, Instant now) {
        Map<LaneCase.Aftermath, List<LaneCase>> lists = new LinkedHashMap<>();
        changed.stream().filter(about -> !about.isOpen()).forEach(about -> over(about, now));
        for (Case about : changed) {
            if (about.isOpen()) {
                LaneCase.@Nullable Aftermath after =
                        begins(about) && about.mute() == null && about instanceof LaneCase lane
                                ? lane.aftermath()
                                : null;
                if (after != null) {
                    lists.computeIfAbsent(after, same -> new ArrayList<>()).add((LaneCase) about);
                } else {
                    open(about, now);
                }
            }
        }
        lists.forEach((after, lanes) -> together(after, lanes, now));
    }

    private boolean begins(Case about) {
        return !bureau.care(about).isOpen();
    }

    private void open(Case about, Instant now) {
        Care care = bureau.care(about);
        if (muting.covers(about, now)) {
            telling.showEvidence(about, now);
        } else if (!care.isOpen()) {
            begin(about, care, now);
        } else if (care.isKnownBetter(about)) {
            knownBetter(about, care, now);
        } else {
            telling.showEvidence(about, now);
        }
        needs(about, care, now);
        LaneCase.Reach reach = about instanceof LaneCase lane ? lane.reach() : null;
        if (reach != null && care.reaches(reach) && care.wasHeard() && care.pending() == null && care.mute() == null) {
            String reason = "reached another branch: " + reach.branch();
            telling.call(about, Telling.Word.of(MessageKind.REMINDED, Wording.reminded(about, reason), reason), now);
        }
        if (care.folds(about.foldedInto())) {
            String reason = "an outage has come up that explains it";
            String outage = bureau.cases()
                    .apply(String.valueOf(about.foldedInto()))
                    .map(Case::title)
                    .orElse("");
            telling.edit(
                    about,
                    Telling.Word.of(
                            MessageKind.FOLDED,
                            Wording.folded(about, String.valueOf(about.foldedInto()), outage),
                            reason),
                    now);
        }
    }

    /** Whoever was told to do one thing is told if it is another by now. */
    private void needs(Case about, Care care, Instant now) {
        boolean other = care.keeping().needsOther(about);
        boolean changed = care.keeping().hasOtherReason(about);
        if (other && care.snoozedUntil() == null) {
            boolean heard = care.wasHeard();
            telling.takeBack(care, Reason.KNOWN_BETTER, "it needs something else by now");
            telling.call(
                    about,
                    Telling.Word.of(
                            heard ? MessageKind.REMINDED : MessageKind.OPENED, Wording.opened(about), about.why()),
                    now);
        } else if (other || changed) {
            telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.opened(about), about.why()), now);
        }
    }

    private void begin(Case about, Care care, Instant now) {
        care.begin(about);
        care.keeping().needsOther(about);
        care.keeping().hasOtherReason(about);
        if (care.wasHeard() && about.kind() == CaseKind.BUMP) {
            String reason = "it needs somebody again: " + about.why();
            telling.call(about, Telling.Word.of(MessageKind.REMINDED, Wording.opened(about), reason), now);
            return;
        }
        if (care.wasHeard()) {
            care.restart(now);
            telling.expectAnswer(about);
            telling.expectEndOfWork(about, now);
            String reason = "it is red again: " + about.why();
            telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.reminded(about, reason), reason), now);
            return;
        }
        telling.call(
                about,
                new Telling.Word(
                        MessageKind.OPENED, Wording.opened(about), reasons(about, about.why(), now), List.of()),
                now);
    }

    private static List<String> reasons(Case about, String reason, Instant now) {
        List<String> reasons = new ArrayList<>(about.diagnosis().trace());
        reasons.remove(reason);
        reasons.add(reason);
        if (about.openSince().plus(LATE).isBefore(now)) {
            reasons.add("late: this has been so since " + about.openSince() + " and was seen only now");
        }
        return reasons;
    }

    private void knownBetter(Case about, Care care, Instant now) {
        String reason = "it is " + care.diagnosis(about).cause().word() + " of "
                + care.diagnosis(about).sig() + ", area "
                + care.diagnosis(about).area() + ", by what is known now";
        if (care.pending() != null && !care.wasHeard()) {
            telling.takeBack(care, Reason.KNOWN_BETTER, reason);
            telling.call(about, Telling.Word.of(MessageKind.OPENED, Wording.opened(about), reason), now);
        } else {
            telling.edit(about, Telling.Word.of(MessageKind.CHANGED, Wording.reminded(about, reason), reason), now);
        }
        care.speaksOf(about);
    }

    private void together(LaneCase.Aftermath after, List<LaneCase> lanes, Instant now) {
        List<LaneCase> fresh = new ArrayList<>();
        List<LaneCase> again = new ArrayList<>();
        for (LaneCase lane : lanes) {
            Care care = bureau.care(lane);
            care.begin(lane);
            bureau.speech().touch(lane.id());
            (care.wasHeard() ? again : fresh).add(lane);
        }
        List<LaneCase> all = new ArrayList<>(fresh);
        all.addAll(again);
        LaneCase first = all.getFirst();
        List<String> others = all.stream().skip(1).map(Case::id).toList();
        telling.call(
                first,
                new Telling.Word(
                        fresh.isEmpty() ? MessageKind.REMINDED : MessageKind.OPENED,
                        Wording.stillRed(after.title(), all),
                        List.of("the outage " + after.outage() + " is over, and these lanes fail all the same"),
                        others),
                now);
        others.forEach(other -> bureau.speech()
                .mentions(other, bureau.speech().about(List.of(first.id())).orElseThrow()));
    }

    /** It is over: nobody waits for an answer any more, and who was told hears of it. */
    private void over(Case about, Instant now) {
        Care care = bureau.care(about);
        if (!care.isOpen()) {
            return;
        }
        care.end();
        telling.quiet(about);
        telling.takeBack(care, Reason.HEALED, about.whyOver() + ", before anybody was told");
        sayEnd(about, now);
    }

    /** Says that it is over, if people have heard of it. */
    void sayEnd(Case about, Instant now) {
        String why = about.whyOver();
        if (!about.isOpen()) {
            telling.edit(about, Telling.Word.of(MessageKind.RESOLVED, Wording.resolved(about, why), why), now);
        }
    }
}
