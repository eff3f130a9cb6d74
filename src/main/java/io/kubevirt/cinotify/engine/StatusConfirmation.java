// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence.FinishedMetadata;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.SuppressionReason;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.store.EvidenceTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Confirms statuses of senders that may not be Prow: their deliveries wait until finished.json in the directory of the run
 * has the same result, or until a ProwJob in the journal shows that the run ended. The request for finished.json is one for
 * the artifacts of a run, with an id of its own.
 */
final class StatusConfirmation {
    static final String PREFIX = "status/";

    /** Times the number of the attempt: most files are there soon, and the others share the readers of artifacts. */
    private static final Duration RETRY_DELAY = Duration.ofSeconds(15);

    private final Store store;
    private final ArtifactLocator locator;

    StatusConfirmation(Store store, ArtifactLocator locator) {
        this.store = store;
        this.locator = locator;
    }

    /** Lets a delivery wait for the confirmation of its run. */
    static void request(Transaction transaction, String delivery, JobRun run, Instant now) {
        transaction.evidence().request(PREFIX + delivery, run, now, now);
        transaction
                .deliveries()
                .held(delivery, PREFIX + delivery, List.of("waits for finished.json or a ProwJob in this state"));
    }

    /** Whether the delivery waited and was released: one that nothing confirms is suppressed instead. */
    static boolean isConfirmed(Transaction transaction, String delivery) {
        return transaction.evidence().hasEnded(PREFIX + delivery);
    }

    static boolean isRequest(EvidenceTable.Request request) {
        return request.id().startsWith(PREFIX);
    }

    /** Reads finished.json, which blocks, and releases or suppresses the delivery, or tries again later. */
    void decide(Config config, EvidenceTable.Request request, Instant now) {
        Optional<FinishedMetadata> finished =
                config.file().evidence() == null ? Optional.empty() : locator.finished(config, request.run());
        boolean agrees = finished.filter(found -> results(request.run().state()).contains(found.result()))
                .isPresent();
        Duration hold = config.file().incidents().hold().time();
        Instant end = request.endedAt()
                .plus(hold.compareTo(ArtifactFetcher.UPLOAD_TIME) > 0 ? hold : ArtifactFetcher.UPLOAD_TIME);
        store.inTransaction(transaction -> {
            if (agrees || transaction.runs(now).hasEnded(request.run())) {
                transaction.evidence().reschedule(request.id(), null);
                transaction.deliveries().released(request.id());
            } else if (finished.isPresent() || !now.isBefore(end)) {
                transaction.evidence().reschedule(request.id(), null);
                giveUp(transaction, request, now);
            } else {
                Instant next = now.plus(RETRY_DELAY.multipliedBy(request.attempt()));
                transaction.evidence().reschedule(request.id(), next.isBefore(end) ? next : end);
            }
            return true;
        });
    }

    /** Suppresses the delivery of a request, if it is one for a confirmation. */
    static void giveUp(Transaction transaction, EvidenceTable.Request request, Instant now) {
        if (!isRequest(request)) {
            return;
        }
        transaction
                .deliveries()
                .released(request.id())
                .ifPresent(delivery -> suppress(
                        transaction,
                        delivery,
                        request.run(),
                        "neither finished.json nor a ProwJob shows that the run ended in this state",
                        now));
    }

    static void suppress(Transaction transaction, String delivery, JobRun run, String why, Instant now) {
        transaction.deliveries().setRun(delivery, ObservedRun.idOf(run));
        transaction
                .deliveries()
                .ofRunEnded(run.times().completed())
                .suppressed(
                        delivery,
                        SuppressionReason.UNCONFIRMED.value(),
                        List.of("prow.logins is empty, and " + why),
                        now);
    }

    /** The results in finished.json that fit a state: crier writes the state, the pod a failure where Prow has an error. */
    private static Set<String> results(JobState state) {
        return switch (state) {
            case SUCCESS -> Set.of("SUCCESS");
            case FAILURE -> Set.of("FAILURE", "ERROR");
            case ABORTED -> Set.of("ABORTED", "FAILURE");
            default -> Set.of("ERROR", "FAILURE", "ABORTED");
        };
    }
}
