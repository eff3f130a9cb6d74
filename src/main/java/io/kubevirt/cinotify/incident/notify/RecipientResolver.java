// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.OnCallQuery;
import io.kubevirt.cinotify.roster.OnCallResult;
import io.kubevirt.cinotify.roster.Person;
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
public final class RecipientResolver {

    private final Roster roster;
    private final SigDirectory sigs;
    private final LastNotified lastNotified;

    /**
     * @param roster the members of the operations group
     * @param sigs the people of the SIGs
     * @param lastNotified who was told when, so that people take turns
     */
    public RecipientResolver(Roster roster, SigDirectory sigs, LastNotified lastNotified) {
        this.roster = roster;
        this.sigs = sigs;
        this.lastNotified = lastNotified;
    }

    /**
     * Who is told of a new problem.
     *
     * @param blocking whether it keeps pull requests from merging
     * @param now the instant at which it opens
     */
    public Recipient resolve(Diagnosis diagnosis, boolean blocking, Instant now) {
        return resolve(diagnosis, blocking, now, null);
    }

    /**
     * Who is told of a problem that somebody may have already.
     *
     * @param holder the handle of the member who has it; null for nobody
     */
    public Recipient resolve(Diagnosis diagnosis, boolean blocking, Instant now, @Nullable String holder) {
        OnCallResult result =
                roster.responsible(new OnCallQuery(diagnosis.area(), now, blocking, lastNotified, holder));
        List<String> reasons = new ArrayList<>(result.reasons());
        Optional<Person> sigPerson = sigPerson(diagnosis, reasons);
        return recipient(result, now, sigPerson.map(Person::handle).orElse(null), reasons);
    }

    /**
     * Who is told when a level does not answer; the SIG has been told already.
     *
     * @return empty if there is no further level
     */
    public Optional<Recipient> nextLevel(Level unanswered, Diagnosis diagnosis, boolean blocking, Instant now) {
        return roster.escalation(new OnCallQuery(diagnosis.area(), now, blocking, lastNotified, null), unanswered)
                .map(result -> recipient(result, now, null, result.reasons()));
    }

    /**
     * Who takes a blocking problem over once the working hours of its holder are over; the SIG has been told already.
     *
     * @param holder the handle of the member who has it
     * @return empty if nobody does before the holder is back
     */
    public Optional<Recipient> successor(Diagnosis diagnosis, Instant now, String holder) {
        return roster.successor(new OnCallQuery(diagnosis.area(), now, true, lastNotified, holder))
                .map(result -> recipient(result, now, null, result.reasons()));
    }

    /**
     * A member whom somebody names; in any case at work.
     *
     * @return empty if the group has no such member, or the member does not work within a year
     */
    public Optional<Recipient> forMember(String handle, Diagnosis diagnosis, Instant now) {
        return roster.member(handle).flatMap(member -> member.schedule()
                .nextWorkingMinute(now)
                .map(at -> new Recipient(
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

    private static Recipient recipient(
            OnCallResult result, Instant now, @Nullable String person, List<String> reasons) {
        return switch (result) {
            case OnCallResult.Now now_ ->
                new Recipient(now_.member().handle(), now_.level(), now, person, now_.channelAtOnce(), reasons);
            case OnCallResult.Deferred later ->
                new Recipient(
                        later.member().handle(), later.level(), later.at(), person, later.channelAtOnce(), reasons);
            case OnCallResult.Nobody nobody -> new Recipient(null, null, now, person, nobody.channelAtOnce(), reasons);
        };
    }

    private Optional<Person> sigPerson(Diagnosis diagnosis, List<String> reasons) {
        if (!diagnosis.hasSig()) {
            return Optional.empty();
        }
        Optional<Person> person = sigs.personFor(diagnosis.sig(), lastNotified);
        reasons.add(person.map(found ->
                        found.handle() + " is a chair or lead of " + diagnosis.sig() + ", and it is their turn")
                .orElse("nobody is named for " + diagnosis.sig() + ", so the SIG is only named"));
        return person;
    }
}
