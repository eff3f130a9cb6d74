// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.RunNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.store.EvidenceRequest;
import io.kubevirt.cinotify.store.Store;
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
public final class ArtifactFetcher {

    /** How long the files of a run that has ended may be on their way (prow-contract §8: up to a minute). */
    static final Duration UPLOAD_TIME = Duration.ofMinutes(3);

    /** After which nobody needs the evidence of a run any more. */
    static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    /** Longer than fetching a run can take. */
    private static final Duration CLAIM_DURATION = Duration.ofMinutes(10);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);
    private static final Duration MAX_RETRY_DELAY = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private final Store store;
    private final ConfigAgent configAgent;
    private final ArtifactLocator locator;
    private final DiagnosisListener listener;
    private final InstantSource clock;
    private final KnownIssueMatcher matcher;

    /** What it works with. */
    public ArtifactFetcher(
            Store store,
            ConfigAgent settings,
            ArtifactLocator places,
            DiagnosisListener learning,
            InstantSource clock) {
        this.store = store;
        this.configAgent = settings;
        this.locator = places;
        this.listener = learning;
        this.clock = clock;
        this.matcher = new KnownIssueMatcher(places);
    }

    /** Takes what is due, so that nobody else does. */
    public List<EvidenceRequest> claim(int limit) {
        Instant now = clock.instant();
        return configAgent.get().file().evidence() == null
                ? List.of()
                : store.inTransaction(
                        transaction -> transaction.evidence().claim(now, now.plus(CLAIM_DURATION), limit));
    }

    /** Fetches the artifacts of a run that was claimed, and tells what they say; blocks. */
    public void fetch(EvidenceRequest wanted) {
        Config current = configAgent.get();
        if (!wanted.run().state().isRed()) {
            recordPass(current, wanted);
            return;
        }
        Optional<Evidence> read = locator.read(current, wanted.run());
        Evidence evidence = read.orElseGet(() -> Evidence.unreachable("nobody knows where they lie"));
        Instant now = clock.instant();
        @Nullable Instant next = read.isEmpty() ? null : nextAttempt(wanted, evidence, now);
        if (evidence.isLate() && next != null) {
            store.inTransaction(transaction -> {
                transaction.evidence().reschedule(wanted.id(), next);
                return true;
            });
            return;
        }
        Diagnosis found = current.diagnoser().diagnose(wanted.run(), evidence);
        Symptoms symptoms = found.symptoms();
        KnownIssueMatcher.@Nullable Match known = symptoms == null
                ? null
                : matcher.match(allKnownIssues(current), current, symptoms, now).orElse(null);
        listener.onUpdate(transaction -> {
            Diagnosis judged = new FailureCorrelator(current, transaction).correlate(wanted, evidence, found, known);
            transaction.evidence().reschedule(wanted.id(), next);
            // Nothing new is said of a store that is still away.
            return !evidence.isEmpty() || wanted.attempt() == 1
                    ? Optional.of(new DiagnosisListener.DiagnosisUpdate(wanted.id(), judged))
                    : Optional.empty();
        });
    }

    private List<KnownIssue> allKnownIssues(Config current) {
        return store.read(transaction -> KnownIssueList.load(current, transaction))
                .issues();
    }

    /** What tries the patterns of known issues. */
    KnownIssueMatcher matcher() {
        return matcher;
    }

    /** A green run tells no more than that its node is well. */
    private void recordPass(Config current, EvidenceRequest wanted) {
        Optional<RunNode> node = locator.node(current, wanted.run());
        Instant now = clock.instant();
        boolean late = node.isEmpty() && Duration.between(wanted.endedAt(), now).compareTo(UPLOAD_TIME) < 0;
        store.inTransaction(transaction -> {
            node.ifPresent(on -> NodeHealth.recordPass(transaction, on, wanted.run(), wanted.endedAt()));
            transaction.evidence().reschedule(wanted.id(), late ? now.plus(RETRY_DELAY) : null);
            return true;
        });
    }

    /** When to look again; null if there is nothing to wait for. */
    private static @Nullable Instant nextAttempt(EvidenceRequest wanted, Evidence evidence, Instant now) {
        Duration age = Duration.between(wanted.endedAt(), now);
        if (evidence.isUnreachable() && age.compareTo(GIVE_UP_AFTER) < 0) {
            Duration pause = RETRY_DELAY.multipliedBy(1L << Math.min(wanted.attempt(), MAX_DOUBLINGS));
            Duration bounded = pause.compareTo(MAX_RETRY_DELAY) < 0 ? pause : MAX_RETRY_DELAY;
            return now.plus(bounded.compareTo(evidence.retryAfter()) > 0 ? bounded : evidence.retryAfter());
        }
        return evidence.isLate() && age.compareTo(UPLOAD_TIME) < 0 ? now.plus(RETRY_DELAY) : null;
    }
}
