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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The life of the incidents of lanes and families: opening, going on, closing. */
final class Lanes {

    private final Desk desk;
    private final LaneRule rule;
    private final Mutes mutes;

    Lanes(Desk desk, LaneRule rule) {
        this.desk = desk;
        this.rule = rule;
        this.mutes = new Mutes(desk, rule);
    }

    /** What says whether anybody is called because of them. */
    Mutes mutes() {
        return mutes;
    }

    /**
     * Opens the incident of a family, or opens its last one again if that is the same trouble: then nobody is called.
     *
     * @param after the outage after which it is told, in a list of several; null if by itself
     */
    void open(StreamKey key, Judgement judgement, LaneCase.@Nullable Aftermath after, Instant now) {
        Finding last =
                Objects.requireNonNull(desk.memory().lastFailures().get(key)).finding();
        Diagnosis diagnosis = Objects.requireNonNull(last.diagnosis(), "a red run is diagnosed");
        Optional<LaneCase> former = continued(key, now);
        LaneCase lane = former.orElseGet(
                () -> new LaneCase(desk.names().of(CaseKind.LANE, key.toString(), now), key, now, diagnosis));
        desk.memory().lanes().put(key, lane);
        lane.judge(diagnosis, last.required());
        lane.open(now, judgement.words());
        lane.show(RedRun.of(last.run()));
        lane.restart();
        lane.comesAfter(after);
        List<Entry> red = countedRuns(key, now);
        red.forEach(lane::add);
        red.stream()
                .map(entry -> entry.run().job())
                .distinct()
                .filter(job -> rule.isBroken(key, job, now))
                .forEach(lane::addCore);
        desk.agenda().cancel(Kind.FORGET, lane.key());
        watch(lane);
        desk.ledger().news(lane);
        mutes.review(lane, now);
        if (former.isPresent()) {
            goOn(lane, red, now);
        } else {
            red.forEach(entry -> lane.knows(entry.run().base()));
        }
    }

    /** The last incident of the family, if it ended lately and the last word of it is not too old. */
    private Optional<LaneCase> continued(StreamKey key, Instant now) {
        Thresholds.Reopening reopening = desk.thresholds().reopening();
        LaneCase last = desk.memory().lanes().get(key);
        if (last == null || last.closedAt() == null) {
            return Optional.empty();
        }
        return isWithin(reopening.within(), last.closedAt(), now)
                        && isWithin(reopening.speakAgainAfter(), last.spokenAt(), now)
                ? Optional.of(last)
                : Optional.empty();
    }

    private static boolean isWithin(Duration limit, Instant from, Instant now) {
        return Duration.between(from, now).compareTo(limit) <= 0;
    }

    private void goOn(LaneCase lane, List<Entry> red, Instant now) {
        red.stream()
                .filter(entry -> lane.core().contains(entry.run().job()))
                .map(entry -> entry.run().base())
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(branch -> reached(lane, branch, now));
    }

    private List<Entry> countedRuns(StreamKey key, Instant now) {
        return StreamSupport.stream(desk.windows().day(key, now).entries().spliterator(), false)
                .filter(Entry::counts)
                .toList();
    }

    /** A red run of a family whose incident is open. */
    void join(LaneCase lane, Entry entry, JobRun shown, Instant now) {
        RunFacts run = entry.run();
        lane.add(entry);
        lane.show(RedRun.of(shown));
        stillFails(lane, now);
        lane.red(run.job());
        if (rule.isBroken(lane.stream(), run.job(), now)) {
            lane.addCore(run.job());
            reached(lane, run.base(), now);
        }
        if (lane.mute() != null) {
            mutes.review(lane, now);
        }
        desk.ledger().touch(lane);
    }

    /** A lane that fails is not quiet, whatever explains it. */
    void stillFails(LaneCase lane, Instant now) {
        lane.failed(now);
        watch(lane);
    }

    /** It closes when it has been quiet for long enough. */
    void watch(LaneCase lane) {
        Thresholds.Closing closing = desk.thresholds().closing();
        Duration quiet = lane.stream().isPresubmit() ? closing.quiet() : closing.stale();
        desk.agenda().set(Kind.QUIET, lane.key(), lane.lastFailure().plus(quiet));
    }

    /** A lane of a branch that nobody was told of is broken by itself: worth a word, unless the last one is fresh. */
    private void reached(LaneCase lane, String branch, Instant now) {
        if (!lane.knows(branch) && !isWithin(desk.thresholds().reopening().newBranchAfter(), lane.spokenAt(), now)) {
            lane.reaches(branch, now);
            desk.ledger().news(lane);
        }
    }

    /** A green run of a family whose incident is open. */
    void passed(LaneCase lane, RunFacts run, Instant now) {
        int enough = desk.limits().greenToClose(run.lane());
        String witness = run.key().isPresubmit() ? run.pullKey().toString() : run.id();
        if (lane.passed(run.job(), witness, enough)) {
            close(lane, "green again", now);
        }
    }

    void quiet(LaneCase lane, Instant now) {
        Duration quiet = Duration.between(lane.lastFailure(), now);
        close(lane, "no red run for " + LaneRule.words(quiet), now);
    }

    /** Something larger explains a run that was counted: it is none in a row. */
    void uncount(Entry entry, Instant now) {
        RunFacts run = entry.run();
        boolean passedSince = StreamSupport.stream(
                        desk.windows().day(run.key(), now).entries().spliterator(), false)
                .anyMatch(other -> other.passed()
                        && other.run().job().equals(run.job())
                        && other.run().number() > run.number());
        if (!run.key().isPresubmit() && !passedSince) {
            desk.memory().streaks().computeIfPresent(run.lane(), (lane, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** An incident that has just opened because of runs that something larger explains is part of that. */
    void explained(StreamKey key, Case by, Instant now) {
        Instant floor = now.minus(desk.thresholds().burst().window());
        desk.memory()
                .openLane(key)
                .filter(lane -> !lane.openSince().isBefore(floor))
                .filter(lane -> !rule.judge(key, now).isMet())
                .ifPresent(lane -> {
                    lane.foldInto(by.id());
                    close(lane, by.title() + " explains it, see incident " + by.id(), now);
                });
    }

    /** What was before the end never counts again. */
    void close(LaneCase lane, String why, Instant now) {
        lane.close(now, why);
        desk.agenda().cancel(Kind.QUIET, lane.key());
        desk.agenda().cancel(Kind.MUTE_END, lane.key());
        desk.forgetLater(lane, now);
        countedRuns(lane.stream(), now).forEach(entry -> desk.windows().mark(entry, Mark.CLOSED));
        desk.ledger().news(lane);
    }

    void forget(LaneCase lane) {
        desk.memory().lanes().remove(lane.stream());
    }
}
