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

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who has an incident, what was said to them, and what they said. */
@Kept
final class Care {

    /**
     * A message that waits for its person to begin work.
     *
     * @param others the keys of further cases that it tells of
     */
    record Pending(String message, Instant at, List<String> others) {
        Pending {
            others = List.copyOf(others);
        }
    }

    private @Nullable String handle;
    private @Nullable Level level;
    private @Nullable Instant toldAt;
    private @Nullable Instant lastWord;
    private @Nullable Pending pending;
    private @Nullable String acknowledgedBy;
    private @Nullable Instant snoozedUntil;
    private boolean exhausted;
    private int words;

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
        if (channelAtOnce) {
            lastWord = now;
        }
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

    /** Takes over from a case that ended a message that tells of both. */
    void inherit(Care from, Pending message) {
        handle = from.handle;
        level = from.level;
        pending = message;
    }

    void dropPending() {
        pending = null;
    }

    /** The time to answer begins anew. */
    void restart(Instant now) {
        if (toldAt != null) {
            toldAt = now;
        }
    }

    void acknowledge(String by) {
        acknowledgedBy = by;
        snoozedUntil = null;
    }

    void snooze(String by, Instant until) {
        acknowledgedBy = by;
        snoozedUntil = until;
    }

    /** It is over: nobody needs to be reminded. */
    void endSnooze() {
        snoozedUntil = null;
    }

    void exhaust() {
        exhausted = true;
    }

    boolean isExhausted() {
        return exhausted;
    }

    /** Whether somebody is expected to answer. */
    boolean awaitsAnswer() {
        return handle != null && level != null && toldAt != null && acknowledgedBy == null && !exhausted;
    }

    boolean wasHeard() {
        return lastWord != null;
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

    @Nullable Instant lastWord() {
        return lastWord;
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
}
