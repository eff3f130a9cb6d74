// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.OnCallQuery;
import io.kubevirt.cinotify.roster.OnCallResult;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Sig.Person;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recipients of a notification: the member on duty for the area, and a chair or lead of the SIG if one is
 * involved.
 */
public final class RecipientResolver {
    private final Roster roster;
    private final SigDirectory sigs;
    private final LastNotified lastNotified;

    /** @param lastNotified when each person was last notified, so that people take turns */
    public RecipientResolver(Roster roster, SigDirectory sigs, LastNotified lastNotified) {
        this.roster = roster;
        this.sigs = sigs;
        this.lastNotified = lastNotified;
    }

    public Recipient resolve(Diagnosis diagnosis, boolean blocking, Instant now) {
        return resolve(diagnosis, blocking, now, null);
    }

    /** The recipient of an incident that may already be assigned. */
    public Recipient resolve(Diagnosis diagnosis, boolean blocking, Instant now, @Nullable String holder) {
        OnCallResult result =
                roster.responsible(new OnCallQuery(diagnosis.area(), now, blocking, lastNotified, holder));
        List<String> reasons = new ArrayList<>(result.reasons());
        Optional<Person> sigPerson = sigPerson(diagnosis, reasons);
        return recipient(result, now, sigPerson.map(Person::handle).orElse(null), reasons);
    }

    /**
     * The recipient when a level does not acknowledge; the SIG has already been notified. Empty if there is no
     * further level.
     */
    public Optional<Recipient> nextLevel(Level unanswered, Diagnosis diagnosis, boolean blocking, Instant now) {
        return roster.escalation(new OnCallQuery(diagnosis.area(), now, blocking, lastNotified, null), unanswered)
                .map(result -> recipient(result, now, null, result.reasons()));
    }

    /**
     * The next owner of a blocking incident after the working hours of the current one; the SIG has already been
     * notified. Empty if nobody is on duty before the current owner is back.
     */
    public Optional<Recipient> successor(Diagnosis diagnosis, Instant now, String holder) {
        return roster.successor(new OnCallQuery(diagnosis.area(), now, true, lastNotified, holder))
                .map(result -> recipient(result, now, null, result.reasons()));
    }

    /**
     * A named member, at their next working minute, outside of the quiet hours unless the incident blocks. Empty if the group has no such member, or the member does not
     * work within a year.
     */
    public Optional<Recipient> forMember(String handle, Diagnosis diagnosis, boolean blocking, Instant now) {
        return roster.member(handle).flatMap(member -> member.schedule()
                .of(blocking)
                .nextWorkingMinute(now)
                .map(at -> new Recipient(
                        member.handle(),
                        member.level(diagnosis.area()).orElse(Level.BACKUP),
                        at,
                        null,
                        false,
                        List.of(member.handle() + " was named by a person"))));
    }

    /**
     * When a member has worked for a time since an instant, without quiet hours unless the incident blocks; empty for
     * non-members, or beyond a year.
     */
    public Optional<Instant> afterWorking(String handle, boolean blocking, Instant from, Duration worked) {
        return roster.member(handle)
                .flatMap(member -> member.schedule().of(blocking).afterWorking(from, worked));
    }

    public boolean isMember(String handle) {
        return roster.member(handle).isPresent();
    }

    /** Whether a member is on duty; false for non-members. */
    public boolean isAtWork(String handle, Instant at) {
        return roster.member(handle)
                .filter(member -> member.schedule().isAtWork(at))
                .isPresent();
    }

    /** The end of a member's current or next working hours; empty for non-members. */
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
        reasons.add(
                person.map(found -> found.handle() + " is a chair or lead of " + diagnosis.sig() + ", and next in turn")
                        .orElse("no chair or lead of " + diagnosis.sig() + " is known, so only the SIG is named"));
        return person;
    }
}
