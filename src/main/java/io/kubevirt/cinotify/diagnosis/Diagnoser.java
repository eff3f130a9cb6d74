// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobName;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.StatusDescriptions;
import io.kubevirt.cinotify.prow.StatusMeaning;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.RoutingInput;
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

    private final PluginJobNames names;
    private final JobConfig jobs;
    private final Routing routing;
    private final Map<Cause, String> areas;
    private final ArtifactDiagnoser artifactDiagnoser;

    /**
     * @param names how plugins of the cluster name the runs that they make
     * @param jobs the job configuration, empty where none is known
     * @param routing where the failures of each job go
     * @param areas the area of failures that Prow itself explains
     */
    public Diagnoser(PluginJobNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas) {
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
            PluginJobNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas, EvidenceRules evidence) {
        this.names = names;
        this.jobs = jobs;
        this.routing = routing;
        this.areas = Map.copyOf(areas);
        this.artifactDiagnoser = new ArtifactDiagnoser(evidence, routing, this.areas);
    }

    /** What the run is, by Prow's word and its job; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run) {
        return diagnose(run, FailingTests.UNKNOWN);
    }

    /** What the run is, by what it left behind; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run, Evidence left) {
        return diagnose(run, (route, trace) -> artifactDiagnoser
                .diagnose(run, left, route, trace)
                .orElseGet(() -> byTestsOrJob(FailingTests.UNKNOWN, route, trace)));
    }

    /** What the run is; asked of red and aborted runs. */
    public Diagnosis diagnose(JobRun run, FailingTests tests) {
        return diagnose(run, (route, trace) -> byTestsOrJob(tests, route, trace));
    }

    private Diagnosis diagnose(JobRun run, BiFunction<Route, List<String>, Diagnosis> otherwise) {
        Route route = route(run);
        StatusMeaning word = StatusDescriptions.interpret(run.state(), run.description());
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
        return jobs.byName(names.parse(run.job()).configured(), run.repository(), run.baseRef());
    }

    /** Whether a plugin of the cluster made the run to try something out. */
    public boolean isPluginRun(JobRun run) {
        return names.parse(run.job()).isMadeByPlugin();
    }

    /** Where the run's job belongs, whatever Prow says of the run. */
    public Route route(JobRun run) {
        JobName name = names.parse(run.job());
        Optional<Job> job = jobOf(run);
        Map<String, String> annotations =
                new HashMap<>(job.map(Job::annotations).orElse(Map.of()));
        annotations.putAll(run.annotations());
        return routing.route(new RoutingInput(
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
    private Diagnosis byProw(Cause cause, StatusMeaning word, Route route, List<String> trace) {
        trace.add("rule prow-" + word.kind().value() + ": " + cause.value() + "; the lane itself belongs to "
                + route.sig());
        String area = Objects.requireNonNullElse(areas.get(cause), route.area());
        return new Diagnosis(
                cause,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                "prow-" + word.kind().value(),
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
