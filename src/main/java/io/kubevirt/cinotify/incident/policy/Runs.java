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

import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What becomes of one run: the first question that is answered with yes decides. */
final class Runs {

    /**
     * The answer.
     *
     * @param reason by what name it is counted; null if it waits
     */
    private record Answer(@Nullable Reason reason, String words) {}

    private final Desk desk;
    private final JobFamily families = new JobFamily();
    private final LaneRule rule;
    private final Lanes lanes;
    private final Outages outages;
    private final Storms storms;
    private final Signs signs;

    Runs(Desk desk, LaneRule rule, Lanes lanes, Outages outages) {
        this.desk = desk;
        this.rule = rule;
        this.lanes = lanes;
        this.outages = outages;
        this.storms = new Storms(desk);
        this.signs = new Signs(desk, outages);
    }

    void take(RunFinished event, Instant now) {
        int before = desk.ledger().mark();
        Answer answer = answer(event, now);
        desk.ledger()
                .settle(new Ledger.Finding(
                        event.id(), answer.reason(), desk.ledger().newsSince(before), answer.words()));
    }

    private Answer answer(RunFinished event, Instant now) {
        Finding finding = event.finding();
        JobRun run = finding.run();
        Optional<Screen.Refusal> refusal = Screen.refuses(finding);
        if (refusal.isPresent()) {
            return new Answer(refusal.get().reason(), refusal.get().words());
        }
        if (desk.windows().knows(event.id())) {
            return new Answer(Reason.DUPLICATE, "the run has been counted already");
        }
        StreamKey key = StreamKey.of(run, families.of(run.job()));
        StreamKey lane = key.named(run.job());
        if (finding.origin() == Finding.Origin.PAST) {
            return past(RunFacts.of(desk.memory().nextRun(), now, event, key), now);
        }
        Optional<Instant> muted = desk.limits().mutedUntil(event, lane).filter(until -> until.isAfter(now));
        if (muted.isPresent()) {
            return new Answer(Reason.MUTED, run.job() + " is muted until " + muted.get());
        }
        RunFacts facts = RunFacts.of(desk.memory().nextRun(), now, event, key)
                .asking(desk.limits().declared(event, lane));
        Entry entry = Entry.of(facts);
        desk.windows().enter(entry);
        if (entry.passed()) {
            return passed(entry, now);
        }
        desk.memory().lastFailures().put(key, event);
        return failed(entry, run, now);
    }

    /** Nothing opens because of the past; but what is open already may have ended there. */
    private Answer past(RunFacts run, Instant now) {
        if (run.state() == JobState.SUCCESS) {
            desk.memory().openLane(run.key()).ifPresent(lane -> lanes.passed(lane, run, now));
        }
        return new Answer(Reason.KNOWN_AT_START, "it ended before anybody watched: nothing is said of the past");
    }

    private Answer passed(Entry entry, Instant now) {
        RunFacts run = entry.run();
        sameCommit(run, now).stream().filter(Entry::counts).forEach(flake -> desk.windows()
                .mark(flake, Mark.FLAKE));
        if (!run.key().isPresubmit()) {
            desk.memory().streaks().remove(run.lane());
            outages.passed(run);
        }
        desk.memory().openLane(run.key()).ifPresent(lane -> lanes.passed(lane, run, now));
        return new Answer(Reason.SUCCESS, run.job() + " passed");
    }

    private Answer failed(Entry entry, JobRun shown, Instant now) {
        RunFacts run = entry.run();
        boolean presubmit = run.key().isPresubmit();
        if (presubmit && sameCommit(run, now).stream().anyMatch(Entry::passed)) {
            desk.windows().mark(entry, Mark.FLAKE);
            return new Answer(Reason.FLAKE, "the same commit passed in " + run.job() + " as well");
        }
        if (presubmit) {
            storms.see(entry, now);
        }
        signs.see(entry, now);
        Optional<LaneCase> open = desk.memory().openLane(run.key());
        Optional<OutageCase> outage = outages.covering(run.key().repository(), run.cluster());
        if (outage.isPresent()) {
            outages.add(outage.get(), entry, shown);
            open.ifPresent(lane -> lanes.stillFails(lane, now));
            return new Answer(
                    Reason.FOLDED_INTO_OUTAGE,
                    "outage " + outage.get().id() + " explains it: "
                            + outage.get().why());
        }
        if (entry.mark() == Mark.STORM) {
            return new Answer(
                    Reason.ONE_PULL_MANY_LANES,
                    "#" + run.pull() + " has many red lanes at once: it is not about this one");
        }
        if (!presubmit) {
            desk.memory().streaks().merge(run.lane(), 1, Integer::sum);
        }
        if (open.isPresent()) {
            lanes.join(open.get(), entry, shown, now);
            Known mute = open.get().mute();
            if (mute != null) {
                return new Answer(Reason.KNOWN_ISSUE, "incident " + open.get().id() + " is open; " + mute.sentence());
            }
            return new Answer(
                    Reason.JOINED_OPEN_INCIDENT, "incident " + open.get().id() + " is open and told");
        }
        return count(run, now);
    }

    /** Nothing larger explains it: is it enough? */
    private Answer count(RunFacts run, Instant now) {
        Waiting waiting = desk.memory().held().get(run.key());
        if (waiting != null) {
            desk.memory().held().put(run.key(), waiting.with(run.id()));
            return new Answer(null, run.key().name() + " waits until " + waiting.until() + " for something larger");
        }
        Judgement judgement = rule.judge(run.key(), now);
        if (!judgement.isMet()) {
            return new Answer(judgement.otherwise(), judgement.words());
        }
        Instant until = now.plus(desk.thresholds().hold().time());
        desk.memory().held().put(run.key(), new Waiting(until, List.of(run.id())));
        desk.agenda().set(Kind.HELD, run.key().toString(), until);
        signs.pileUp(run, now);
        return new Answer(null, judgement.words() + "; waits until " + until + " for something larger");
    }

    private List<Entry> sameCommit(RunFacts run, Instant now) {
        return run.sha() == null
                ? List.of()
                : StreamSupport.stream(
                                desk.windows().day(run.key(), now).entries().spliterator(), false)
                        .filter(other -> other.run().sameJobAndCommit(run))
                        .toList();
    }
}
