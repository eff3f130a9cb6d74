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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.evidence.RunNode;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.WantedEvidence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the artifacts of red runs and tells what they say. What cannot be had now is tried again: late files for some
 * minutes, an unreachable store for a day. Meanwhile people are told without evidence, and told more when it comes.
 */
public final class FetchEvidence {

    /** How long the files of a run that has ended may be on their way (prow-contract §8: up to a minute). */
    static final Duration LATE = Duration.ofMinutes(3);

    /** After which nobody needs the evidence of a run any more. */
    static final Duration PATIENCE = Duration.ofHours(24);

    /** Longer than fetching a run can take. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 10;

    private final Store store;
    private final LiveSettings settings;
    private final ArtifactPlaces places;
    private final Learning learning;
    private final InstantSource clock;
    private final KnownIssues issues;

    /** What it works with. */
    public FetchEvidence(
            Store store, LiveSettings settings, ArtifactPlaces places, Learning learning, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.places = places;
        this.learning = learning;
        this.clock = clock;
        this.issues = new KnownIssues(places);
    }

    /** Takes what is due, so that nobody else does. */
    public List<WantedEvidence> claim(int limit) {
        Instant now = clock.instant();
        return settings.get().file().evidence() == null
                ? List.of()
                : store.inTransaction(transaction -> transaction.evidence().claim(now, now.plus(CLAIM), limit));
    }

    /** Fetches the artifacts of a run that was claimed, and tells what they say; blocks. */
    public void fetch(WantedEvidence wanted) {
        Settings current = settings.get();
        if (!wanted.run().state().isRed()) {
            passed(current, wanted);
            return;
        }
        Optional<Evidence> read = places.read(current, wanted.run());
        Evidence evidence = read.orElseGet(() -> Evidence.unreachable("nobody knows where they lie"));
        Instant now = clock.instant();
        @Nullable Instant next = read.isEmpty() ? null : next(wanted, evidence, now);
        if (evidence.isLate() && next != null) {
            store.inTransaction(transaction -> {
                transaction.evidence().due(wanted.id(), next);
                return true;
            });
            return;
        }
        Diagnosis found = current.diagnoser().diagnose(wanted.run(), evidence);
        Symptoms symptoms = found.symptoms();
        KnownIssues.@Nullable Match known = symptoms == null
                ? null
                : issues.match(sources(current), current, symptoms, now).orElse(null);
        learning.learn(transaction -> {
            Diagnosis judged = new JudgeRun(current, transaction).judge(wanted, evidence, found, known);
            transaction.evidence().due(wanted.id(), next);
            // Nothing new is said of a store that is still away.
            return !evidence.isEmpty() || wanted.attempts() == 1
                    ? Optional.of(new Learning.Lesson(wanted.id(), judged))
                    : Optional.empty();
        });
    }

    private List<KnownIssue> sources(Settings current) {
        return store.read(transaction -> KnownIssueSources.of(current, transaction))
                .issues();
    }

    /** What tries the patterns of known issues. */
    KnownIssues knownIssues() {
        return issues;
    }

    /** A green run tells no more than that its node is well. */
    private void passed(Settings current, WantedEvidence wanted) {
        Optional<RunNode> node = places.node(current, wanted.run());
        Instant now = clock.instant();
        boolean late = node.isEmpty() && Duration.between(wanted.endedAt(), now).compareTo(LATE) < 0;
        store.inTransaction(transaction -> {
            node.ifPresent(on -> SickNodes.passed(transaction, on, wanted.run(), wanted.endedAt()));
            transaction.evidence().due(wanted.id(), late ? now.plus(SOON) : null);
            return true;
        });
    }

    /** When to look again; null if there is nothing to wait for. */
    private static @Nullable Instant next(WantedEvidence wanted, Evidence evidence, Instant now) {
        Duration age = Duration.between(wanted.endedAt(), now);
        if (evidence.isUnreachable() && age.compareTo(PATIENCE) < 0) {
            Duration pause = SOON.multipliedBy(1L << Math.min(wanted.attempts(), MOST_DOUBLINGS));
            Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
            return now.plus(bounded.compareTo(evidence.pause()) > 0 ? bounded : evidence.pause());
        }
        return evidence.isLate() && age.compareTo(LATE) < 0 ? now.plus(SOON) : null;
    }
}
