// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.notify;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.LaneIncident;
import io.kubevirt.cinotify.incident.LaneIncident.NewBranch;
import io.kubevirt.cinotify.incident.Persisted;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who was notified about an incident, who responded, and what they know of it. It is never replayed. */
@Persisted
public final class ResponseState {
    /**
     * A notification that waits for the recipient's working hours. {@code otherIncidents}: ids of other incidents
     * that it covers. {@code inChannel}: whether the channel shows it already.
     */
    record Deferred(
            @JsonAlias("message") String notificationId,
            Instant at,
            @JsonAlias("others") List<String> otherIncidents,
            boolean inChannel) {
        Deferred {
            otherIncidents = List.copyOf(otherIncidents);
        }
    }

    @JsonAlias("about")
    private IncidentIdentity identity;

    private boolean open;
    private @Nullable String foldedInto;

    @JsonAlias("reach")
    private @Nullable NewBranch newBranch;

    @JsonAlias("spoken")
    private @Nullable Diagnosis announcedDiagnosis;

    private @Nullable String area;
    private @Nullable String sig;
    private @Nullable String handle;
    private @Nullable Level level;

    @JsonAlias("toldAt")
    private @Nullable Instant notifiedAt;

    @JsonAlias("lastWord")
    private @Nullable Instant announcedAt;

    private @Nullable Deferred pending;
    private @Nullable String acknowledgedBy;
    private @Nullable Instant snoozedUntil;
    private boolean snoozeForced;
    private int step;
    private boolean exhausted;

    @JsonAlias("keeping")
    private final Ownership ownership = new Ownership();

    private @Nullable KnownIssueMatch mute;

    @JsonAlias("words")
    private int notificationCount;

    private @Nullable IncidentView view;
    private @Nullable String name;
    private @Nullable Assignment assignment;

    @JsonCreator
    ResponseState(@JsonProperty("identity") @JsonAlias("about") IncidentIdentity identity) {
        this.identity = identity;
    }

    public IncidentIdentity identity() {
        return identity;
    }

    /** A replay may change when the incident began. */
    void updateOpenedAt(DetectedIncident now) {
        if (!identity.openedAt().equals(now.openedAt())) {
            identity = new IncidentIdentity(identity.id(), identity.kind(), identity.subject(), now.openedAt());
        }
    }

    /** Whether it is open as far as people know. */
    boolean isOpen() {
        return open;
    }

    void begin(DetectedIncident now) {
        open = true;
        foldedInto = null;
        mute = null;
        newBranch = now instanceof LaneIncident lane ? lane.newBranch() : null;
        if (!wasAnnounced()) {
            addStep(now);
        }
    }

    /** Returns whether it got worse since people were notified; by the number of the step, because a replay may move it. */
    boolean addStep(DetectedIncident now) {
        int reached = now instanceof LaneIncident lane && lane.step() != null
                ? lane.step().number()
                : 0;
        boolean other = reached > step;
        step = Math.max(step, reached);
        return other;
    }

    /** Whether it blocks merging and did not when people were last notified or shown anything. */
    boolean startsToBlock(DetectedIncident now) {
        return now.blocking() && view != null && !view.blocking();
    }

    /** Whether nothing may be sent before the end of the snooze. */
    boolean isSilenced() {
        return snoozedUntil != null && snoozeForced;
    }

    void end() {
        open = false;
        snoozedUntil = null;
    }

    /** Whether people know that an outage explains it. */
    boolean isFolded() {
        return foldedInto != null;
    }

    /** Whether it stands for itself again: people know that an outage explains it, and it does not any more. */
    boolean isUnfolded(DetectedIncident now) {
        return open && isFolded() && now.isOpen() && now.foldedInto() == null;
    }

    /** Returns whether the outage is new to people. */
    boolean foldInto(@Nullable String outage) {
        boolean other = !Objects.equals(foldedInto, outage);
        foldedInto = outage;
        return other && outage != null;
    }

    /** Returns whether the branch is new to people. */
    boolean addBranch(NewBranch now) {
        boolean other = !now.equals(newBranch);
        newBranch = now;
        return other;
    }

    /** The diagnosis of the incident, with the area and SIG that people assigned. */
    public Diagnosis diagnosis(DetectedIncident incident) {
        return area == null ? incident.diagnosis() : IncidentActionHandler.reassigned(incident.diagnosis(), area, sig);
    }

    /** The incident as stored and shown, with what is known of the response. */
    IncidentView viewOf(DetectedIncident incident) {
        return new IncidentView(
                incident.id(),
                incident.kind(),
                incident.title(),
                incident.isOpen() ? IncidentState.OPEN : IncidentState.RESOLVED,
                diagnosis(incident),
                incident.blocking(),
                incident.lanes(),
                incident.openedAt(),
                incident.closedAt(),
                incident.runs(),
                incident.pulls(),
                incident.foldedInto(),
                incident.why(),
                handle,
                acknowledgedBy,
                snoozedUntil,
                incident.latest(),
                incident.conversation(),
                incident.firstFailure(),
                incident.isOpen() ? null : incident.whyOver(),
                notifiedAt,
                pending == null ? null : pending.at(),
                name,
                incident.extent(),
                assignment);
    }

    @Nullable String name() {
        return name;
    }

    void name(String unique) {
        name = unique;
    }

    void reassignTo(String toArea, @Nullable String toSig) {
        area = toArea;
        sig = toSig;
    }

    /** Whether area or SIG differ from those last announced. */
    boolean ownerChanged(DetectedIncident incident) {
        return announcedDiagnosis != null && diagnosis(incident).ownerDiffersFrom(announcedDiagnosis);
    }

    /** Whether artifacts were read since the last announcement. */
    boolean evidenceAdded(DetectedIncident incident) {
        return announcedDiagnosis != null && diagnosis(incident).hasMoreEvidenceThan(announcedDiagnosis);
    }

    void recordAnnounced(DetectedIncident incident) {
        announcedDiagnosis = diagnosis(incident);
    }

    int nextNotificationNumber() {
        return ++notificationCount;
    }

    /** Assigns the recipient, who works until then; they have not responded yet. */
    void assign(Recipient recipient, @Nullable Instant until) {
        assignment = Assignment.of(recipient, until, assignment);
        handle = recipient.handle();
        level = recipient.level();
        acknowledgedBy = null;
        snoozedUntil = null;
    }

    void defer(Deferred message, Instant now) {
        pending = message;
        notifiedAt = null;
        announcedAt = message.inChannel() ? now : announcedAt;
    }

    void markNotified(Instant at) {
        pending = null;
        notifiedAt = at;
        announcedAt = at;
    }

    /** The notification of another incident covers this one, and waits for an answer in its place. */
    void stopWaiting() {
        notifiedAt = null;
    }

    /** Another incident's notification covers this one. */
    void markAnnounced(Instant at) {
        announcedAt = at;
    }

    /** Takes over a deferred notification from an incident that closed. */
    void inherit(ResponseState from, Deferred message) {
        handle = from.handle;
        level = from.level;
        assignment = from.assignment;
        pending = message;
    }

    /** Assigns the next person. An acknowledgement stays, and no level is escalated to twice. */
    void handOff(Recipient to, @Nullable Instant until, Instant now) {
        @Nullable Instant answeredAt = assignment == null ? null : assignment.answeredAt();
        assignment = Assignment.of(to, until, assignment);
        assignment = answeredAt == null ? assignment : Assignment.answered(assignment, answeredAt);
        handle = to.handle();
        level = level == null || (to.level() != null && to.level().compareTo(level) > 0) ? to.level() : level;
        markNotified(now);
    }

    void dropPending() {
        pending = null;
    }

    /** Restarts the time to acknowledge. */
    void restart(Instant now) {
        notifiedAt = notifiedAt == null ? null : now;
    }

    /** Whether this person has acknowledged it and neither snoozed it nor lost it to somebody else since. */
    boolean isAcknowledgedBy(String handle) {
        return handle.equals(acknowledgedBy) && snoozedUntil == null;
    }

    void acknowledge(String by, Instant at) {
        assignment = Assignment.answered(assignment, at);
        acknowledgedBy = by;
        snoozedUntil = null;
    }

    void snooze(IncidentAction.Snooze snooze, Instant at) {
        assignment = Assignment.answered(assignment, at);
        acknowledgedBy = snooze.by();
        snoozedUntil = snooze.until();
        snoozeForced = snooze.force();
    }

    void exhaust() {
        exhausted = true;
    }

    void mute(@Nullable KnownIssueMatch issue) {
        mute = issue;
    }

    @Nullable KnownIssueMatch mute() {
        return mute;
    }

    boolean awaitsAcknowledgement() {
        boolean notified = open && handle != null && level != null && notifiedAt != null;
        return notified && mute == null && acknowledgedBy == null && !exhausted && !isFolded();
    }

    boolean wasAnnounced() {
        return announcedAt != null;
    }

    Ownership ownership() {
        return ownership;
    }

    @Nullable Deferred pending() {
        return pending;
    }

    public @Nullable String handle() {
        return handle;
    }

    @Nullable Level level() {
        return level;
    }

    Instant notifiedAt() {
        return Objects.requireNonNull(notifiedAt);
    }

    public @Nullable String acknowledgedBy() {
        return acknowledgedBy;
    }

    public @Nullable Instant snoozedUntil() {
        return snoozedUntil;
    }

    @Nullable IncidentView view() {
        return view;
    }

    /** Whether late events showed that there was no incident. */
    boolean isRetracted() {
        return view != null && view.state() == IncidentState.RETRACTED;
    }

    /** Whether the lane may fail again in the message that people know, as after a resolution. */
    boolean mayContinue(Thresholds.Reopening reopening, Instant now) {
        return identity.kind() != IncidentKind.OUTAGE
                && view != null
                && view.closedAt() != null
                && announcedAt != null
                && !view.closedAt().plus(reopening.within()).isBefore(now)
                && !announcedAt.plus(reopening.notifyAgainAfter()).isBefore(now);
    }

    void view(IncidentView now) {
        view = now;
    }
}
