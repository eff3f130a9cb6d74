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
import io.kubevirt.cinotify.app.bump.BumpBook;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Reason;
import io.kubevirt.cinotify.incident.policy.RunFinished;
import io.kubevirt.cinotify.incident.policy.Screen;
import io.kubevirt.cinotify.intake.ProwJobExcerpt;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.NotARunReason;
import io.kubevirt.cinotify.prow.ProwJobReader;
import io.kubevirt.cinotify.prow.RunOrder;
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
import java.util.Optional;

/** The way of one delivery up to the incident core, within one transaction. */
final class HandleDelivery {

    /** A run that ended longer ago than this was not seen as it ended. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** GitHub can be asked for so long to send something again. */
    private static final Duration OLD = Duration.ofDays(3);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HOOK = "hook";

    /** What an older version took in does not say which of its doors that was. */
    private static final String UNKNOWN = "unknown";

    private final Settings settings;
    private final Transaction transaction;
    private final Instant now;
    private final Instant latest;

    HandleDelivery(Sitting sitting) {
        this.settings = sitting.settings();
        this.transaction = sitting.transaction();
        this.now = sitting.now();
        this.latest = sitting.latest();
    }

    /**
     * A delivery as far as it has been understood.
     *
     * @param door that brought it
     */
    record Read(String id, String event, Instant receivedAt, String door, RunReading reading) {

        /** Whether a door of our own brought it, which brings the past too; webhooks only bring what is new. */
        boolean pulled() {
            return !door.equals(HOOK);
        }

        /**
         * When what it tells of came about, as far as is known. GitHub tells of a status when it is set: one that says it is
         * of long ago was sent again by hand, and counts as news of now.
         */
        Instant at() {
            Instant ended =
                    reading instanceof RunReading.Run(JobRun run) ? run.times().completed() : null;
            return ended == null || (!pulled() && ended.isBefore(receivedAt.minus(OLD))) ? receivedAt : ended;
        }

        /** Its place among what came about at the same instant: as the core counts, so that a storm can be decided in parts. */
        String rank() {
            return reading instanceof RunReading.Run(JobRun run) ? Input.Ran.rank(run, identity(run)) : "";
        }

        /** Whether it tells of a run that nobody saw end, before an instant or some seconds ago. */
        boolean isLate(Instant awake, Instant now) {
            Instant fresh = now.minus(FRESH);
            return pulled()
                    && reading instanceof RunReading.Run(JobRun run)
                    && run.times().completed() != null
                    && run.times().completed().isBefore(awake.isAfter(fresh) ? awake : fresh);
        }
    }

    /** What a delivery tells; no transaction must wait for that, as a body may have 25 MB. */
    static Read read(StoredDelivery delivery, Settings settings) {
        boolean pulled = delivery.event().equals(ProwJobExcerpt.EVENT);
        RunUrlReader urls = new RunUrlReader(settings.addresses());
        Optional<JsonNode> payload = payload(delivery);
        RunReading reading = payload.map(body -> pulled
                        ? new ProwJobReader(urls).read(body, delivery.receivedAt())
                        : new StatusEventReader(urls).read(body))
                .orElseGet(
                        () -> new RunReading.NotARun(NotARunReason.MALFORMED, "the body is not JSON that can be read"));
        String door = pulled
                ? payload.map(body -> body.path(ProwJobExcerpt.DOOR).asText(UNKNOWN))
                        .orElse(UNKNOWN)
                : HOOK;
        return new Read(delivery.id(), delivery.event(), delivery.receivedAt(), door, reading);
    }

    private static Optional<JsonNode> payload(StoredDelivery delivery) {
        try {
            // As the door read it: bytes that are no UTF-8 are replaced.
            return Optional.of(JSON.readTree(
                    new InputStreamReader(new ByteArrayInputStream(delivery.body()), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What the core is to count; empty if nothing follows, and the journal says so already. */
    Optional<Input.Ran> handle(Read delivery) {
        return switch (delivery.reading()) {
            case RunReading.NotARun not -> {
                if (not.reason() == NotARunReason.OVERRIDDEN || not.reason() == NotARunReason.OVERRIDE_CANCELLED) {
                    takeOverride(delivery);
                }
                yield suppress(delivery.id(), not.reason().word(), not.explanation());
            }
            case RunReading.Run(JobRun run) -> take(delivery, run);
        };
    }

    /** It is no run, but a bump that waited for its context waits no more. */
    private void takeOverride(Read delivery) {
        payload(transaction.deliveries().get(delivery.id()))
                .flatMap(ContextOverride::read)
                .ifPresent(override -> new BumpBook(settings, transaction).take(override, delivery.receivedAt()));
    }

    private Optional<Input.Ran> take(Read delivery, JobRun run) {
        if (!transaction.runs(now).advance(run)) {
            return suppress(
                    delivery.id(),
                    Reason.DUPLICATE.word(),
                    "build " + run.buildId() + " of " + run.lane() + " was seen in this state or a later one");
        }
        new BumpBook(settings, transaction).take(run, delivery.at());
        Finding finding = finding(run, delivery.pulled() && isPast(run));
        Optional<Screen.Refusal> refusal = Screen.refuses(finding);
        if (refusal.isPresent()) {
            return suppress(
                    delivery.id(), refusal.get().reason().word(), refusal.get().words());
        }
        Instant ended = delivery.at();
        String identity = identity(run);
        RunFinished finished = new RunFinished(
                identity,
                finding,
                settings.jobWishes().of(run, settings.diagnoser().jobOf(run)));
        boolean passed = run.state() == JobState.SUCCESS;
        if ((run.state().isRed() || (passed && SickNodes.areKnown(transaction)))
                && settings.file().evidence() != null) {
            transaction.evidence().want(identity, run, ended, now);
        }
        return Optional.of(new Input.Ran(ended.isAfter(latest) ? latest : ended, finished));
    }

    private static String identity(JobRun run) {
        return run.type().prowName() + " " + run.lane() + " " + RunOrder.identity(run);
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

    private Optional<Input.Ran> suppress(String delivery, String reason, String why) {
        transaction.deliveries().suppressed(delivery, reason, List.of(why), now);
        return Optional.empty();
    }
}
