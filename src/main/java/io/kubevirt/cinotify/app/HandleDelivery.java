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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.IncidentKey;
import io.kubevirt.cinotify.incident.LaneHistory;
import io.kubevirt.cinotify.incident.LaneIncidents;
import io.kubevirt.cinotify.incident.Outcome;
import io.kubevirt.cinotify.incident.Suppression;
import io.kubevirt.cinotify.intake.ProwJobExcerpt;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.NotARunReason;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunReading;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.StoredDelivery;
import io.kubevirt.cinotify.store.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The way of one delivery through the core, within one transaction. */
final class HandleDelivery {

    /** A run that ended longer ago than this was not seen as it ended. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Transaction transaction;
    private final Instant awake;
    private final Instant now;

    /** @param awake since when the plugin has been running */
    HandleDelivery(Settings settings, Transaction transaction, Instant awake, Instant now) {
        this.awake = awake;
        this.settings = settings;
        this.transaction = transaction;
        this.now = now;
    }

    /** What a delivery tells; no transaction must wait for that, as a body may have 25 MB. */
    static RunReading read(StoredDelivery delivery, Settings settings) {
        try {
            // As the door read it: bytes that are no UTF-8 are replaced.
            JsonNode payload = JSON.readTree(
                    new InputStreamReader(new ByteArrayInputStream(delivery.body()), StandardCharsets.UTF_8));
            RunUrlReader urls = new RunUrlReader(settings.addresses());
            return isPulled(delivery)
                    ? new ProwJobReader(urls).read(payload, delivery.receivedAt())
                    : new StatusEventReader(urls).read(payload);
        } catch (IOException e) {
            return new RunReading.NotARun(NotARunReason.MALFORMED, "the body is not JSON that can be read");
        }
    }

    /** Whether a door of our own brought it, which brings the past too; webhooks only bring what is new. */
    private static boolean isPulled(StoredDelivery delivery) {
        return delivery.event().equals(ProwJobExcerpt.EVENT);
    }

    void handle(StoredDelivery from, RunReading reading) {
        switch (reading) {
            case RunReading.NotARun not -> suppress(from.id(), not.reason().word(), List.of(not.explanation()));
            case RunReading.Run(JobRun run) -> take(from, run);
        }
    }

    private void take(StoredDelivery from, JobRun run) {
        if (!transaction.runs(now).advance(run)) {
            suppress(
                    from.id(),
                    Suppression.SEEN_BEFORE.word(),
                    List.of("build " + run.buildId() + " of " + run.lane() + " was seen in this state or a later one"));
            return;
        }
        LaneHistory lane = new LaneHistory(
                transaction.runs(now).finishedOf(run.lane()),
                transaction.incidents().of(IncidentKey.of(run.lane())));
        Finding finding = finding(run, isPulled(from) && isPast(run));
        Outcome outcome = new LaneIncidents(addressing(), missedBefore(from)).on(finding, lane, now);
        Outcomes.carryOut(outcome, transaction).forEach(decision -> record(from.id(), decision));
    }

    /** Webhooks come as things happen, or never; what a door of our own fetches may come in a burst after a gap. */
    private Instant missedBefore(StoredDelivery from) {
        if (!isPulled(from)) {
            return Instant.MIN;
        }
        Instant fresh = now.minus(FRESH);
        return awake.isAfter(fresh) ? awake : fresh;
    }

    private Addressing addressing() {
        return new Addressing(settings.roster(), settings.sigs(), transaction.notices()::lastTold);
    }

    /** A cold start takes in what is there and says nothing about it: the first watch is the high-water mark. */
    private boolean isPast(JobRun run) {
        Instant change = run.lastChange();
        return change != null
                && transaction
                        .watermarks()
                        .find(StoredMarks.BEGAN)
                        .filter(began -> change.isBefore(began.at()))
                        .isPresent();
    }

    private Finding finding(JobRun run, boolean past) {
        Diagnoser diagnoser = settings.diagnoser();
        boolean required = diagnoser.jobOf(run).map(Job::isRequired).orElse(false);
        return new Finding(
                run,
                run.state().isRed() ? diagnoser.diagnose(run) : null,
                required,
                diagnoser.isPluginRun(run)
                        ? Finding.Origin.PLUGIN
                        : past ? Finding.Origin.PAST : Finding.Origin.ORDINARY);
    }

    private void record(String delivery, Decision decision) {
        switch (decision) {
            case Decision.Tell tell ->
                transaction.deliveries().noticed(delivery, tell.notice().id(), tell.reasons(), now);
            case Decision.Suppress suppress -> suppress(delivery, suppress.why().word(), suppress.reasons());
            case Decision.Over over -> throw new IllegalStateException("it has not been carried out: " + over);
        }
    }

    private void suppress(String delivery, String reason, List<String> trace) {
        transaction.deliveries().suppressed(delivery, reason, trace, now);
    }
}
