// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.StatusDescriptions;
import io.kubevirt.cinotify.prow.StatusDescriptions.StatusMeaning;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.RoutingInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

public final class Diagnoser {
    private final PluginJobNames names;
    private final JobConfig jobs;
    private final Routing routing;
    private final Map<Cause, String> areas;
    private final ArtifactDiagnoser artifactDiagnoser;

    /** {@code areas} has the area for each cause that Prow's description explains. */
    public Diagnoser(PluginJobNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas) {
        this(names, jobs, routing, areas, EvidenceRules.NONE);
    }

    /** A diagnoser that also evaluates artifacts; {@code areas} also serves rules without an area. */
    public Diagnoser(
            PluginJobNames names, JobConfig jobs, Routing routing, Map<Cause, String> areas, EvidenceRules evidence) {
        this.names = names;
        this.jobs = jobs;
        this.routing = routing;
        this.areas = Map.copyOf(areas);
        this.artifactDiagnoser = new ArtifactDiagnoser(evidence, routing, this.areas);
    }

    /** Diagnoses a failed or aborted run without evidence. */
    public Diagnosis diagnose(JobRun run) {
        return diagnose(run, FailingTests.UNKNOWN);
    }

    public Diagnosis diagnose(JobRun run, Evidence evidence) {
        return diagnose(run, (route, trace) -> artifactDiagnoser
                .diagnose(run, evidence, route, trace)
                .orElseGet(() -> byTestsOrJob(FailingTests.UNKNOWN, route, trace)));
    }

    public Diagnosis diagnose(JobRun run, FailingTests tests) {
        return diagnose(run, (route, trace) -> byTestsOrJob(tests, route, trace));
    }

    private Diagnosis diagnose(JobRun run, BiFunction<Route, List<String>, Diagnosis> otherwise) {
        Route route = route(run);
        StatusMeaning meaning = StatusDescriptions.interpret(run.state(), run.description());
        List<String> trace = new ArrayList<>();
        trace.add(
                "Prow reports " + run.state().prowName() + " \"" + run.description() + "\": " + meaning.explanation());
        return switch (meaning.kind()) {
            case INFRASTRUCTURE, RESOURCES -> byProw(Cause.INFRASTRUCTURE, meaning, route, trace);
            case CONFIGURATION -> byProw(Cause.CONFIG, meaning, route, trace);
            case ABORTED -> byProw(Cause.ABORTED, meaning, route, trace);
            case RAN, RUNNING, UNKNOWN -> otherwise.apply(route, trace);
        };
    }

    public Optional<Job> jobOf(JobRun run) {
        return jobs.byName(names.parse(run.job()).configured(), run.repository(), run.baseRef());
    }

    /** The SIG of a test by its tag; empty if it has none that is known. */
    public Optional<String> sigOf(String test) {
        return routing.route(new FailingTests(List.of(test))).map(Route::sig);
    }

    /** Whether a Prow plugin created the run, for example a rehearsal. */
    public boolean isPluginRun(JobRun run) {
        return names.parse(run.job()).isMadeByPlugin();
    }

    /** The route of the run's job, independent of the outcome. */
    public Route route(JobRun run) {
        return routing.route(RoutingInput.of(
                run, names.parse(run.job()).configured(), jobOf(run).orElse(null)));
    }

    /** The route of a job by its own entry, also if several entries have its name. */
    public Route route(Job job) {
        JobRun run = JobRun.builder(job.name(), job.type(), JobState.FAILURE).build();
        return routing.route(RoutingInput.of(run, job.name(), job));
    }

    /** No SIG can fix a failure of Prow or its clusters; the SIG of the lane stays in the trace. */
    private Diagnosis byProw(Cause cause, StatusMeaning meaning, Route route, List<String> trace) {
        trace.add("rule prow-" + meaning.kind().value() + ": " + cause.value() + "; the lane itself belongs to "
                + route.sig());
        String area = Objects.requireNonNullElse(areas.get(cause), route.area());
        return new Diagnosis(
                cause,
                Diagnosis.NO_SIG,
                area,
                Confidence.HIGH,
                "prow-" + meaning.kind().value(),
                trace);
    }

    private Diagnosis byTestsOrJob(FailingTests tests, Route job, List<String> trace) {
        Optional<Route> byTests = routing.route(tests);
        if (byTests.isPresent()) {
            trace.add("rule " + job.rule() + " alone would give " + job.sig());
            return byRoute(byTests.get(), trace);
        }
        if (tests.areSetupOnly()) {
            trace.add("no test failed, only the setup or teardown of the suite");
            return byRoute(job.withCause(Cause.SETUP), trace);
        }
        return byRoute(job, trace);
    }

    private static Diagnosis byRoute(Route route, List<String> trace) {
        trace.add("rule " + route.rule() + ": " + route.because());
        return new Diagnosis(route.cause(), route.sig(), route.area(), route.confidence(), route.rule(), trace);
    }
}
