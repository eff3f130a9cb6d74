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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.KnownIssues;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.roster.LastTold;
import io.kubevirt.cinotify.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the core about a run, as if it were the first red one of its lane. */
final class Explainer {

    private final JobConfig jobs;
    private final Diagnoser diagnoser;
    private final Addressing addressing;
    private final Instant at;
    private final KnownIssueLookup issues;

    /** Finds who already cares for a failure. */
    @FunctionalInterface
    interface KnownIssueLookup {
        /** Null if nobody is known to. */
        KnownIssues.@Nullable Match find(Symptoms symptoms);
    }

    Explainer(Settings settings, Instant at) {
        this(settings, at, symptoms -> null);
    }

    Explainer(Settings settings, Instant at, KnownIssueLookup issues) {
        this.jobs = settings.jobs();
        this.issues = issues;
        this.diagnoser = settings.diagnoser();
        this.addressing = new Addressing(settings.roster(), settings.sigs(), LastTold.never());
        this.at = at;
    }

    Explanation explain(Failure failure) {
        JobRun run = failure.run();
        Diagnosis diagnosis = failure.evidence() == null
                ? diagnoser.diagnose(run, failure.tests())
                : diagnoser.diagnose(run, failure.evidence());
        boolean required = diagnoser.jobOf(run).map(Job::isRequired).orElse(false);
        List<String> trace = new ArrayList<>(unknown(run));
        trace.addAll(diagnosis.trace());
        KnownIssues.Match known = diagnosis.symptoms() == null ? null : issues.find(diagnosis.symptoms());
        if (known != null) {
            trace.add(known.sentence());
            diagnosis = diagnosis.known(known.known());
        }
        if (diagnoser.isPluginRun(run)) {
            trace.add("a plugin of the cluster made this run to try something out: nobody is told");
            return explanation(run, diagnosis, null, required, trace);
        }
        if (diagnosis.cause() == Cause.ABORTED) {
            trace.add("an aborted run is nobody's fault: nobody is told");
            return explanation(run, diagnosis, null, required, trace);
        }
        if (diagnosis.known() != null && diagnosis.known().mutesAt(at)) {
            trace.add("nobody is called because of a known issue that is muted");
            return explanation(run, diagnosis, null, required, trace);
        }
        Addressee addressee = addressing.of(diagnosis, required, at);
        trace.addAll(addressee.reasons());
        return explanation(run, diagnosis, addressee, required, trace);
    }

    /** A slip in the name would otherwise be explained as if there were such a job. */
    private List<String> unknown(JobRun run) {
        if (jobs.all().isEmpty() || !jobs.named(run.job()).isEmpty() || diagnoser.isPluginRun(run)) {
            return List.of();
        }
        List<String> known = jobs.all().stream().map(Job::name).distinct().toList();
        return List.of("the job configuration has no job of this name"
                + Nearest.to(run.job(), known)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(""));
    }

    private static Explanation explanation(
            JobRun run, Diagnosis diagnosis, @Nullable Addressee addressee, boolean required, List<String> trace) {
        return new Explanation(
                run.job(),
                run.type(),
                run.repository(),
                diagnosis.sig(),
                diagnosis.area(),
                diagnosis.cause(),
                diagnosis.rule(),
                addressee == null ? null : addressee.handle(),
                addressee == null ? null : addressee.level(),
                addressee == null ? null : addressee.at(),
                trace,
                addressee == null ? null : addressee.sigPerson(),
                required,
                diagnosis.confidence(),
                diagnosis.symptoms(),
                diagnosis.doubt(),
                diagnosis.known());
    }
}
