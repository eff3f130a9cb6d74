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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who has an incident, what was said to them, and what they said. It is never counted again: what was said was said,
 * whatever comes to light later.
 */
@Kept
final class Care {

    private Names.Issued about;
    private boolean open;
    private @Nullable String foldedInto;
    private LaneCase.@Nullable Reach reach;
    private @Nullable Diagnosis spoken;
    private @Nullable String area;
    private @Nullable String sig;
    private @Nullable String handle;
    private @Nullable Level level;
    private @Nullable Instant toldAt;
    private @Nullable Instant lastWord;
    private @Nullable Pending pending;
    private @Nullable String acknowledgedBy;
    private @Nullable Instant snoozedUntil;
    private boolean exhausted;
    private final Keeping keeping = new Keeping();
    private @Nullable Known mute;
    private int words;
    private @Nullable IncidentView view;

    @JsonCreator
    Care(@JsonProperty("about") Names.Issued about) {
        this.about = about;
    }

    Names.Issued about() {
        return about;
    }

    /** It may turn out to have begun at another instant. */
    void isAbout(Case now) {
        if (!about.openedAt().equals(now.openedAt())) {
            about = new Names.Issued(about.id(), about.kind(), about.subject(), now.openedAt());
        }
    }

    /** Whether it is open as far as people are concerned. */
    boolean isOpen() {
        return open;
    }

    /** It begins, or begins again. */
    void begin(Case now) {
        open = true;
        foldedInto = null;
        mute = null;
        reach = now instanceof LaneCase lane ? lane.reach() : null;
    }

    void end() {
        open = false;
        snoozedUntil = null;
    }

    /** Whether people ought to know of another outage than they do. */
    boolean folds(@Nullable String outage) {
        boolean other = !Objects.equals(foldedInto, outage);
        foldedInto = outage;
        return other && outage != null;
    }

    /** Whether it has reached a branch of which nobody was told. */
    boolean reaches(LaneCase.Reach now) {
        boolean other = !now.equals(reach);
        reach = now;
        return other;
    }

    /** What it is, by what has been found and what people said. */
    Diagnosis diagnosis(Case of) {
        return area == null ? of.diagnosis() : Commands.moved(of.diagnosis(), area, sig);
    }

    /** Somebody says whose it is. */
    void move(String toArea, @Nullable String toSig) {
        area = toArea;
        sig = toSig;
    }

    /** Whether it is another's now than when it was last spoken of. */
    boolean isKnownBetter(Case of) {
        return spoken != null && diagnosis(of).pointsElsewhereThan(spoken);
    }

    /** Whether the artifacts have told something since it was last spoken of without. */
    boolean lacksEvidence(Case of) {
        return spoken != null && diagnosis(of).showsMoreThan(spoken);
    }

    void speaksOf(Case of) {
        spoken = diagnosis(of);
    }

    /** The number of the next message of this incident. */
    int nextWord() {
        return ++words;
    }

    /** Somebody is to be told. */
    void address(Addressee addressee) {
        handle = addressee.handle();
        level = addressee.level();
        acknowledgedBy = null;
        snoozedUntil = null;
    }

    void wait(Pending message, boolean channelAtOnce, Instant now) {
        pending = message;
        toldAt = null;
        lastWord = channelAtOnce ? now : lastWord;
    }

    void delivered(Instant at) {
        pending = null;
        toldAt = at;
        lastWord = at;
    }

    /** It was told together with others, in their message. */
    void mentioned(Instant at) {
        lastWord = at;
    }

    /** Takes over from an incident that ended a message that tells of both. */
    void inherit(Care from, Pending message) {
        handle = from.handle;
        level = from.level;
        pending = message;
    }

    /** The next person has it; what was answered stays answered, and no level is asked a second time. */
    void handOver(Addressee to, Instant now) {
        handle = to.handle();
        level = level == null || (to.level() != null && to.level().compareTo(level) > 0) ? to.level() : level;
        delivered(now);
    }

    void dropPending() {
        pending = null;
    }

    /** The time to answer begins anew. */
    void restart(Instant now) {
        toldAt = toldAt == null ? null : now;
    }

    void acknowledge(String by) {
        acknowledgedBy = by;
        snoozedUntil = null;
    }

    void snooze(String by, Instant until) {
        acknowledgedBy = by;
        snoozedUntil = until;
    }

    void exhaust() {
        exhausted = true;
    }

    /** Nobody is called because of it as long as this explains it; null if nothing does. */
    void mute(@Nullable Known issue) {
        mute = issue;
    }

    @Nullable Known mute() {
        return mute;
    }

    /** Whether somebody is expected to answer. */
    boolean awaitsAnswer() {
        boolean told = open && handle != null && level != null && toldAt != null;
        return told && mute == null && acknowledgedBy == null && !exhausted;
    }

    boolean wasHeard() {
        return lastWord != null;
    }

    Keeping keeping() {
        return keeping;
    }

    @Nullable Pending pending() {
        return pending;
    }

    @Nullable String handle() {
        return handle;
    }

    @Nullable Level level() {
        return level;
    }

    Instant toldAt() {
        return Objects.requireNonNull(toldAt);
    }

    @Nullable String acknowledgedBy() {
        return acknowledgedBy;
    }

    @Nullable Instant snoozedUntil() {
        return snoozedUntil;
    }

    /** How it looked when it was last asked for. */
    @Nullable IncidentView view() {
        return view;
    }

    void view(IncidentView now) {
        view = now;
    }
}
