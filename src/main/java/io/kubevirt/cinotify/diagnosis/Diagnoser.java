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
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.prow.DescriptionTable;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobName;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.ProwWord;
import io.kubevirt.cinotify.prow.RuntimeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Says what a run is, in the order of design.md section 6: Prow's own word first, then the failing tests, then the job.
 *
 * <p>What else the artifacts tell will stand between the first two.
 */
public final class Diagnoser {

    private final RuntimeNames names;
    private final JobConfig jobs;
    private final Routing routing;
    private final Map<Cause, String> areas;
    private final EvidenceReading evidence;

    /**
     * @param names how plugins of the cluster name the runs that they make
     * @param jobs the job configuration, empty where none is known
     * @param routing where the failures of each job go
     * @param areas the area of failures that Prow itself explains
     */
    public Diagnoser(RuntimeNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas) {
        this(names, jobs, routing, areas, EvidenceRules.NONE);
    }

    /**
     * One that can also judge evidence.
     *
     * @param names how plugins of the cluster name the runs that they make
     * @param jobs the job configuration, empty where none is known
     * @param routing where the failures of each job go
     * @param areas the area of failures that Prow itself or a rule without an area explains
     * @param evidence what the artifacts of runs mean
     */
    public Diagnoser(
            RuntimeNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas, EvidenceRules evidence) {
        this.names = names;
        this.jobs = jobs;
        this.routing = routing;
        this.areas = Map.copyOf(areas);
        this.evidence = new EvidenceReading(evidence, routing, this.areas);
    }

    /** What the run is, by Prow's word and its job; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run) {
        return diagnose(run, FailingTests.UNKNOWN);
    }

    /** What the run is, by what it left behind; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run, Evidence left) {
        return diagnose(run, (route, trace) -> evidence.read(run, left, route, trace)
                .orElseGet(() -> byTestsOrJob(FailingTests.UNKNOWN, route, trace)));
    }

    /** What the run is; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run, FailingTests tests) {
        return diagnose(run, (route, trace) -> byTestsOrJob(tests, route, trace));
    }

    private Diagnosis diagnose(JobRun run, BiFunction<Route, List<String>, Diagnosis> otherwise) {
        Route route = route(run);
        ProwWord word = DescriptionTable.read(run.state(), run.description());
        List<String> trace = new ArrayList<>();
        trace.add("Prow says " + run.state().prowName() + " \"" + run.description() + "\": " + word.explanation());
        return switch (word.kind()) {
            case INFRASTRUCTURE, RESOURCES -> byProw(Cause.INFRASTRUCTURE, word, route, trace);
            case CONFIGURATION -> byProw(Cause.CONFIG, word, route, trace);
            case ABORTED -> byProw(Cause.ABORTED, word, route, trace);
            case RAN, RUNNING, UNKNOWN -> otherwise.apply(route, trace);
        };
    }

    /** The job of the run in the configuration, if it is there. */
    public Optional<Job> jobOf(JobRun run) {
        return jobs.byName(names.read(run.job()).configured(), run.repository(), run.baseRef());
    }

    /** Whether a plugin of the cluster made the run to try something out. */
    public boolean isPluginRun(JobRun run) {
        return names.read(run.job()).isMadeByPlugin();
    }

    /** Where the run's job belongs, whatever Prow says of the run. */
    public Route route(JobRun run) {
        JobName name = names.read(run.job());
        Optional<Job> job = jobOf(run);
        Map<String, String> annotations =
                new HashMap<>(job.map(Job::annotations).orElse(Map.of()));
        annotations.putAll(run.annotations());
        return routing.route(new Subject(
                name.configured(),
                run.type(),
                run.repository() != null
                        ? run.repository()
                        : job.map(Job::repository).orElse(null),
                run.cluster() != null ? run.cluster() : job.map(Job::cluster).orElse(null),
                job.map(Job::env).orElse(Map.of()),
                annotations));
    }

    /** No SIG can mend what Prow or its clusters broke; whose lane it was stays in the trace. */
    private Diagnosis byProw(Cause cause, ProwWord word, Route route, List<String> trace) {
        trace.add("rule prow-" + word.kind().word() + ": " + cause.word() + "; the lane itself belongs to "
                + route.sig());
        String area = Objects.requireNonNullElse(areas.get(cause), route.area());
        return new Diagnosis(
                cause,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                "prow-" + word.kind().word(),
                trace);
    }

    private Diagnosis byTestsOrJob(FailingTests tests, Route job, List<String> trace) {
        Optional<Route> byTests = routing.route(tests);
        if (byTests.isPresent()) {
            trace.add("rule " + job.rule() + " alone would have said " + job.sig());
            return byRoute(byTests.get(), trace);
        }
        if (tests.areSetupOnly()) {
            trace.add("none of its tests failed, but what runs before or after all of them");
            return byRoute(job.withCause(Cause.SETUP), trace);
        }
        return byRoute(job, trace);
    }

    private static Diagnosis byRoute(Route route, List<String> trace) {
        trace.add("rule " + route.rule() + ": " + route.because());
        return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
    }
}
