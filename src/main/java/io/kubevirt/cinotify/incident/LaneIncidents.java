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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One open incident per lane: the first red run opens it, later ones are recorded on it, a success closes it.
 *
 * <p>Runs are seen late and out of order, through several doors. So the incidents of a lane follow from its runs as a
 * whole ({@link RedStretch}), whatever the order in which they were seen; only what is said depends on when.
 */
public final class LaneIncidents {

    /** From here on people are told that the news is late. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /** What was missed comes in a burst: news of it waits for later news of its lane. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final Lifecycle lifecycle;
    private final Instant missedBefore;

    /**
     * @param addressing finds the person to tell
     * @param missedBefore a run that ended before this was not seen as it ended
     */
    public LaneIncidents(Addressing addressing, Instant missedBefore) {
        this.lifecycle = new Lifecycle(addressing);
        this.missedBefore = missedBefore;
    }

    /**
     * Takes in a run.
     *
     * @param finding the run and what it is
     * @param lane what is remembered of its lane, this run included
     * @param now the instant at which this is decided
     */
    public Outcome on(Finding finding, LaneHistory lane, Instant now) {
        JobRun run = finding.run();
        if (finding.origin() == Finding.Origin.PLUGIN) {
            return Outcome.suppressed(
                    Suppression.PLUGIN_RUN, run.job() + " was made by a plugin of the cluster to try something out");
        }
        if (!run.isFinal()) {
            return Outcome.suppressed(
                    Suppression.RUNNING, "the run is " + run.state().prowName() + " and has not ended");
        }
        // What the webhooks have opened is no past: its end must be taken in, however it comes to be seen.
        if (finding.origin() == Finding.Origin.PAST && lane.open().isEmpty()) {
            return Outcome.suppressed(
                    Suppression.KNOWN_AT_START, "it ended before ci-notify began to watch: it is only noted");
        }
        List<RedStretch> stretches = RedStretch.of(lane.runs());
        return switch (run.state()) {
            case SUCCESS -> success(run, stretches, lane, now);
            case FAILURE, ERROR -> red(finding, stretches, lane, now);
            case ABORTED, SCHEDULING, TRIGGERED, PENDING ->
                Outcome.suppressed(
                        Suppression.ABORTED, "an aborted run is nobody's fault (\"" + run.description() + "\")");
        };
    }

    private Outcome red(Finding finding, List<RedStretch> stretches, LaneHistory lane, Instant now) {
        RedStretch stretch = stretches.stream()
                .filter(each -> each.contains(finding.run()))
                .findFirst()
                .orElseThrow();
        if (!stretch.isOver()) {
            return lane.open()
                    .map(incident -> recorded(incident.with(stretch), Suppression.INCIDENT_OPEN))
                    .orElseGet(() -> open(finding, stretch, now));
        }
        return lane.resolvedOf(stretch)
                .map(incident -> recorded(incident.with(stretch), Suppression.OVER_ALREADY))
                .orElseGet(() -> Outcome.suppressed(
                        List.of(incident(finding, stretch, now).resolved(now)),
                        Suppression.OVER_ALREADY,
                        "it was seen late: a run of " + finding.run().lane() + " that ended after it has passed"));
    }

    private Outcome open(Finding finding, RedStretch stretch, Instant now) {
        JobRun run = finding.run();
        Incident incident = incident(finding, stretch, now);
        String first = "first red run of " + run.lane() + ": an incident opens";
        Instant ended = run.times().completed();
        List<String> because = ended == null || !ended.plus(LATE).isBefore(now)
                ? List.of(first)
                : List.of(first, "late: it ended at " + ended + " and was seen only now");
        boolean missed = ended != null && ended.isBefore(missedBefore);
        return Lifecycle.opened(missed ? incident.toldNotBefore(now.plus(SETTLING)) : incident, run, because);
    }

    private Incident incident(Finding finding, RedStretch stretch, Instant now) {
        Diagnosis diagnosis = Objects.requireNonNull(finding.diagnosis(), "a red run comes with its diagnosis");
        JobRun run = finding.run();
        IncidentKey key = IncidentKey.of(run.lane());
        return lifecycle
                .incident(
                        new Opening(key, diagnosis, finding.required(), run),
                        Incident.idOf(key, RunOrder.identity(run)),
                        now)
                .with(stretch);
    }

    private static Outcome recorded(Incident incident, Suppression why) {
        return Outcome.suppressed(
                List.of(incident),
                why,
                "incident " + incident.id() + " of this lane is "
                        + incident.state().word() + " and has " + incident.failures() + " red runs with this one");
    }

    private static Outcome success(JobRun run, List<RedStretch> stretches, LaneHistory lane, Instant now) {
        int ended = 0;
        while (ended < stretches.size() && !stretches.get(ended).isEndedBy(run)) {
            ended++;
        }
        Optional<Incident> open = lane.open();
        boolean last = ended == stretches.size() - 1;
        if (last && open.isPresent()) {
            Incident incident = open.get().with(stretches.getLast());
            return Lifecycle.close(incident, run, run.lane() + " passed: incident " + incident.id() + " closes", now);
        }
        if (ended + 1 < stretches.size()
                && RedStretch.wereOneWithout(run, stretches.get(ended), stretches.get(ended + 1), lane.runs())) {
            return split(run, stretches.get(ended), stretches.get(ended + 1), lane, now);
        }
        return Outcome.suppressed(Suppression.PASSED, "the run passed and ends no open incident of " + run.lane());
    }

    /** A success that is seen late parts what seemed one incident: the later part was told, the earlier one is over. */
    private static Outcome split(JobRun run, RedStretch earlier, RedStretch later, LaneHistory lane, Instant now) {
        Optional<Incident> whole =
                later.isOver() ? lane.resolvedOf(earlier).or(() -> lane.resolvedOf(later)) : lane.open();
        List<Incident> parts = whole.map(incident -> List.of(
                        incident.with(later),
                        incident.with(earlier)
                                .called(Incident.idOf(incident.key(), RunOrder.identity(run)))
                                .resolved(now)))
                .orElse(List.of());
        return Outcome.suppressed(
                parts, Suppression.OVER_ALREADY, "the run passed, but it was seen late: the lane is red again since");
    }
}
