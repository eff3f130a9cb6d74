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

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Things that happen, one after another, and what the core makes of them. The clock is the test's. */
final class Story {

    static final IncidentCore.Rules RULES =
            new IncidentCore.Rules(Thresholds.DEFAULTS, Seed.roster(), SigDirectory.empty(), "operations");

    /** One run; the rest of its facts are given by the methods that follow. */
    record Run(
            String job, JobType type, int pull, JobState state, String base, String sha, String cluster, String repo) {

        static Run red(String job, int pull) {
            return new Run(job, JobType.PRESUBMIT, pull, JobState.FAILURE, "main", null, null, "example/thing");
        }

        static Run green(String job, int pull) {
            return red(job, pull).state(JobState.SUCCESS);
        }

        static Run red(String job, JobType type) {
            return new Run(job, type, 0, JobState.FAILURE, "main", null, null, "example/thing");
        }

        Run state(JobState other) {
            return new Run(job, type, pull, other, base, sha, cluster, repo);
        }

        Run base(String other) {
            return new Run(job, type, pull, state, other, sha, cluster, repo);
        }

        Run sha(String other) {
            return new Run(job, type, pull, state, base, other, cluster, repo);
        }

        Run cluster(String other) {
            return new Run(job, type, pull, state, base, sha, other, repo);
        }

        Run repo(String other) {
            return new Run(job, type, pull, state, base, sha, cluster, other);
        }

        Run pull(int other) {
            return new Run(job, type, other, state, base, sha, cluster, repo);
        }
    }

    private final List<Ruling> rulings = new ArrayList<>();
    private final List<Message> unanswered = new ArrayList<>();
    private final IncidentCore.Rules rules;
    private IncidentCore core;
    private boolean required;
    private boolean answering;
    private OwnThresholds own = OwnThresholds.NONE;
    private Instant now;
    private int runs;

    Story(Instant begin) {
        this(begin, RULES);
    }

    Story(Instant begin, IncidentCore.Rules rules) {
        this.now = begin;
        this.rules = rules;
        this.core = IncidentCore.fresh(rules);
    }

    /** From here on the lanes block merging. */
    Story required() {
        required = true;
        return this;
    }

    /** From here on whoever is told acknowledges at once. */
    Story answering() {
        answering = true;
        return this;
    }

    /** From here on the jobs say this of themselves. */
    Story own(OwnThresholds says) {
        own = says;
        return this;
    }

    Story happens(Run run) {
        List<Pull> pulls = run.pull() == 0 ? List.of() : List.of(new Pull(run.pull(), null, run.sha()));
        JobRun jobRun = JobRun.of(run.job(), run.type(), run.state())
                .repository(Repository.of(run.repo()))
                .baseRef(run.base())
                .pulls(pulls)
                .cluster(run.cluster())
                .build();
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of("rule named: it says so"));
        Finding finding =
                new Finding(jobRun, run.state().isRed() ? diagnosis : null, required, Finding.Origin.ORDINARY);
        return keep(core.apply(new RunFinished("run" + ++runs, finding, own), now));
    }

    /** The artifacts of the last run show this signature. */
    Story learns(String signature) {
        return learns(signature, null);
    }

    /** The artifacts of the last run show this signature, for which somebody may care. */
    Story learns(String signature, @Nullable Known known) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.TEST,
                "network",
                "sig-support",
                Confidence.HIGH,
                "failing-tests",
                List.of("rule failing-tests: they say so"),
                new Symptoms(signature, List.of(), null, List.of("a test"), 1, null),
                null,
                known);
        return keep(core.take(List.of(new Input.Learned(now, "run" + runs, diagnosis)), Past.NONE, now));
    }

    /** Others see that a node is sick, and which of the runs so far that explains. */
    Story sick(String node, Integer... explained) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "bare-metal", Confidence.HIGH, "sick-node", List.of());
        Problem problem = new Problem(
                CaseKind.NODE,
                "node " + node,
                "node " + node,
                diagnosis,
                false,
                "lanes died on it",
                List.of("lane"),
                null,
                null,
                Stream.of(explained).map(number -> "run" + number).toList());
        return keep(core.take(List.of(new Input.Raised(now, problem)), Past.NONE, now));
    }

    Story after(Duration time) {
        return until(now.plus(time));
    }

    Story afterHours(long hours) {
        return after(Duration.ofHours(hours));
    }

    /** Lets the time pass, and does what is due meanwhile. */
    Story until(Instant later) {
        for (Optional<Instant> wake = core.nextWake();
                wake.isPresent() && !wake.get().isAfter(later);
                wake = core.nextWake()) {
            now = wake.get().isAfter(now) ? wake.get() : now;
            keep(core.tick(now));
        }
        now = later;
        return keep(core.tick(now));
    }

    Story waits(Duration time) {
        return until(now.plus(time));
    }

    Story command(Command command) {
        return keep(core.command(command, now));
    }

    /** Stops and goes on from what was stored. */
    Story restart() {
        core = IncidentCore.restore(core.snapshot(), rules);
        return this;
    }

    private Story keep(Rulings made) {
        rulings.addAll(made.rulings());
        made.rulings().stream()
                .filter(ruling -> answering && ruling instanceof Ruling.Say)
                .map(ruling -> ((Ruling.Say) ruling).message())
                .filter(message -> message.kind().interrupts())
                .forEach(unanswered::add);
        List<Message> due = unanswered.stream()
                .filter(message -> !message.at().isAfter(now))
                .toList();
        unanswered.removeAll(due);
        due.forEach(message ->
                core.command(new Command.Acknowledge(message.incident().id(), "whoever was told"), now));
        return this;
    }

    Instant now() {
        return now;
    }

    List<Ruling> rulings() {
        return rulings;
    }

    /** Messages that interrupt a person, but for those taken back. */
    List<Message> calls() {
        return said().stream().filter(message -> message.kind().interrupts()).toList();
    }

    /** All messages, but for those taken back. */
    List<Message> said() {
        List<String> withdrawn = withdrawn();
        return rulings.stream()
                .filter(Ruling.Say.class::isInstance)
                .map(ruling -> ((Ruling.Say) ruling).message())
                .filter(message -> !withdrawn.contains(message.id()))
                .toList();
    }

    List<String> withdrawn() {
        return rulings.stream()
                .filter(Ruling.Withdraw.class::isInstance)
                .map(ruling -> ((Ruling.Withdraw) ruling).message())
                .toList();
    }

    /** What became of the last run. */
    Fate lastFate() {
        return rulings.reversed().stream()
                .filter(Ruling.Settle.class::isInstance)
                .map(ruling -> ((Ruling.Settle) ruling).fate())
                .findFirst()
                .orElseThrow();
    }

    IncidentView incident() {
        return core.incidents().getFirst();
    }

    List<IncidentView> incidents() {
        return core.incidents();
    }

    Optional<Instant> nextWake() {
        return core.nextWake();
    }
}
