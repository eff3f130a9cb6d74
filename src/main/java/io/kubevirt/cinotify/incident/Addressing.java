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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.Answer;
import io.kubevirt.cinotify.roster.LastTold;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Person;
import io.kubevirt.cinotify.roster.Question;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the people for a problem: the responsible member of its area, and where a SIG can mend it one of the SIG's
 * own (design.md section 7).
 */
public final class Addressing {

    private final Roster roster;
    private final SigDirectory sigs;
    private final LastTold lastTold;

    /**
     * @param roster the members of the operations group
     * @param sigs the people of the SIGs
     * @param lastTold who was told when, so that people take turns
     */
    public Addressing(Roster roster, SigDirectory sigs, LastTold lastTold) {
        this.roster = roster;
        this.sigs = sigs;
        this.lastTold = lastTold;
    }

    /**
     * Who is told of a new problem.
     *
     * @param blocking whether it keeps pull requests from merging
     * @param now the instant at which it opens
     */
    public Addressee of(Diagnosis diagnosis, boolean blocking, Instant now) {
        return of(diagnosis, blocking, now, null);
    }

    /**
     * Who is told of a problem that somebody may have already.
     *
     * @param holder the handle of the member who has it; null for nobody
     */
    public Addressee of(Diagnosis diagnosis, boolean blocking, Instant now, @Nullable String holder) {
        Answer answer = roster.responsible(new Question(diagnosis.area(), now, blocking, lastTold, holder));
        List<String> reasons = new ArrayList<>(answer.reasons());
        Optional<Person> sigPerson = sigPerson(diagnosis, reasons);
        return addressee(answer, now, sigPerson.map(Person::handle).orElse(null), reasons);
    }

    /**
     * Who is told when a level does not answer; the SIG has been told already.
     *
     * @return empty if there is no further level
     */
    public Optional<Addressee> after(Level unanswered, Diagnosis diagnosis, boolean blocking, Instant now) {
        return roster.escalation(new Question(diagnosis.area(), now, blocking, lastTold, null), unanswered)
                .map(answer -> addressee(answer, now, null, answer.reasons()));
    }

    /**
     * Who takes a blocking problem over once the working hours of its holder are over; the SIG has been told already.
     *
     * @param holder the handle of the member who has it
     * @return empty if nobody does before the holder is back
     */
    public Optional<Addressee> successor(Diagnosis diagnosis, Instant now, String holder) {
        return roster.successor(new Question(diagnosis.area(), now, true, lastTold, holder))
                .map(answer -> addressee(answer, now, null, answer.reasons()));
    }

    /**
     * A member whom somebody names; in any case at work.
     *
     * @return empty if the group has no such member, or the member does not work within a year
     */
    public Optional<Addressee> named(String handle, Diagnosis diagnosis, Instant now) {
        return roster.member(handle).flatMap(member -> member.schedule()
                .nextWorkingMinute(now)
                .map(at -> new Addressee(
                        member.handle(),
                        member.level(diagnosis.area()).orElse(Level.BACKUP),
                        at,
                        null,
                        false,
                        List.of(member.handle() + " was named for it"))));
    }

    /** When a member has worked so much since an instant; empty for somebody else, or if that is beyond a year. */
    public Optional<Instant> afterWorking(String handle, Instant from, Duration worked) {
        return roster.member(handle).flatMap(member -> member.schedule().afterWorking(from, worked));
    }

    /** Whether somebody is in the group's table. */
    public boolean isMember(String handle) {
        return roster.member(handle).isPresent();
    }

    /** Whether a member is at work; false for somebody else. */
    public boolean isAtWork(String handle, Instant at) {
        return roster.member(handle)
                .filter(member -> member.schedule().isAtWork(at))
                .isPresent();
    }

    /** When a member's work ends that lasts at an instant or begins next after it; empty for somebody else. */
    public Optional<Instant> endOfWork(String handle, Instant from) {
        return roster.member(handle).flatMap(member -> member.schedule().endOfWork(from));
    }

    private static Addressee addressee(Answer answer, Instant now, @Nullable String person, List<String> reasons) {
        return switch (answer) {
            case Answer.Now told ->
                new Addressee(told.member().handle(), told.level(), now, person, told.channelAtOnce(), reasons);
            case Answer.Deferred later ->
                new Addressee(
                        later.member().handle(), later.level(), later.at(), person, later.channelAtOnce(), reasons);
            case Answer.Nobody nobody -> new Addressee(null, null, now, person, nobody.channelAtOnce(), reasons);
        };
    }

    private Optional<Person> sigPerson(Diagnosis diagnosis, List<String> reasons) {
        if (!diagnosis.hasSig()) {
            return Optional.empty();
        }
        Optional<Person> person = sigs.personFor(diagnosis.sig(), lastTold);
        reasons.add(person.map(found ->
                        found.handle() + " is a chair or lead of " + diagnosis.sig() + ", and it is their turn")
                .orElse("nobody is named for " + diagnosis.sig() + ", so the SIG is only named"));
        return person;
    }
}
