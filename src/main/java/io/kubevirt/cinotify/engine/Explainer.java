// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.FailureClass;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a run as if it were the first failure of its lane. */
public final class Explainer {
    private final JobConfig jobs;
    private final Diagnoser diagnoser;
    private final RecipientResolver recipients;
    private final Instant at;
    private final KnownIssueLookup issues;

    @FunctionalInterface
    public interface KnownIssueLookup {
        /** Null if there is none. */
        KnownIssueMatcher.@Nullable Match find(Symptoms symptoms);
    }

    /** Without the known issues of artifacts. */
    public Explainer(Config config, Instant at) {
        this(config, at, symptoms -> null);
    }

    public Explainer(Config config, Instant at, KnownIssueLookup issues) {
        this.jobs = config.jobs();
        this.issues = issues;
        this.diagnoser = config.diagnoser();
        this.recipients = new RecipientResolver(config.roster(), config.sigs(), LastNotified.never());
        this.at = at;
    }

    /** @param evidence replaces the tests; null if no artifact was read */
    public Explanation explain(JobRun run, FailingTests tests, @Nullable Evidence evidence) {
        Diagnosis diagnosis = evidence == null ? diagnoser.diagnose(run, tests) : diagnoser.diagnose(run, evidence);
        Need need = Need.of(run, diagnoser.jobOf(run));
        boolean required = need.blocks();
        List<String> trace = new ArrayList<>(unknownJob(run));
        trace.addAll(diagnosis.trace());
        FailureClass.of(diagnosis).ifPresent(shown -> trace.add("failure class: " + shown.description()));
        if (need == Need.UNKNOWN) {
            trace.add("blocking: unknown; no job configuration and no label says whether the job is optional");
        }
        diagnoser.jobOf(run).ifPresent(job -> trace.addAll(reports(job)));
        KnownIssueMatcher.Match known = diagnosis.symptoms() == null ? null : issues.find(diagnosis.symptoms());
        if (known != null) {
            trace.add(known.sentence());
            diagnosis = diagnosis.knownIssue(known.known());
        }
        if (diagnoser.isPluginRun(run)) {
            trace.add("a Prow plugin created this run as a trial: nobody is notified");
            return explanation(run, diagnosis, null, required, trace);
        }
        if (diagnosis.cause() == Cause.ABORTED) {
            trace.add("an aborted run is not a failure: nobody is notified");
            return explanation(run, diagnosis, null, required, trace);
        }
        if (diagnosis.knownIssue() != null && diagnosis.knownIssue().mutesAt(at)) {
            trace.add("a known issue mutes the failure: nobody is notified");
            return explanation(run, diagnosis, null, required, trace);
        }
        Recipient recipient = recipients.resolve(diagnosis, required, at);
        trace.addAll(recipient.reasons());
        return explanation(run, diagnosis, recipient, required, trace);
    }

    /** Who else is notified of the job, by Prow and testgrid. */
    private static List<String> reports(Job job) {
        List<String> reports = new ArrayList<>();
        if (job.slackChannel() != null) {
            reports.add("Prow reports the job to the Slack channel " + job.slackChannel());
        }
        String addresses = job.annotations().get("testgrid-alert-email");
        if (addresses != null) {
            reports.add("testgrid alerts " + addresses);
        }
        return reports;
    }

    private List<String> unknownJob(JobRun run) {
        if (jobs.all().isEmpty() || !jobs.named(run.job()).isEmpty() || diagnoser.isPluginRun(run)) {
            return List.of();
        }
        List<String> known = jobs.all().stream().map(Job::name).distinct().toList();
        return List.of("the job configuration has no job of this name"
                + ClosestMatch.find(run.job(), known)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(""));
    }

    private static Explanation explanation(
            JobRun run, Diagnosis diagnosis, @Nullable Recipient recipient, boolean required, List<String> trace) {
        return new Explanation(
                run.job(),
                run.type(),
                run.repository(),
                diagnosis.sig(),
                diagnosis.area(),
                diagnosis.cause(),
                diagnosis.rule(),
                recipient == null ? null : recipient.handle(),
                recipient == null ? null : recipient.level(),
                recipient == null ? null : recipient.at(),
                trace,
                recipient == null ? null : recipient.sigPerson(),
                required,
                diagnosis.confidence(),
                diagnosis.symptoms(),
                diagnosis.ambiguity(),
                diagnosis.knownIssue());
    }

    /**
     * The explanation of a failure; the contract of {@code explain} (design.md section 10).
     *
     * @param sigPerson the person of the SIG who is notified in addition to the responsible member
     * @param doubt the alternatives if the diagnosis is ambiguous; null otherwise
     */
    public record Explanation(
            String job,
            JobType type,
            @Nullable Repository repo,
            String sig,
            String area,
            Cause cause,
            String rule,
            @Nullable String responsible,
            @Nullable Level level,
            @Nullable Instant notifyAt,
            List<String> trace,
            @Nullable String sigPerson,
            boolean blocking,
            Confidence confidence,
            @Nullable Symptoms symptoms,
            @Nullable Ambiguity doubt,
            @Nullable KnownIssueMatch known) {
        /** As {@code explain} prints it. */
        public String text() {
            StringBuilder text = new StringBuilder(job() + "\n");
            text.append("  sig     ").append(sig());
            text.append(sigPerson() == null ? "" : " (" + sigPerson() + ")").append('\n');
            text.append("  area    ").append(area()).append('\n');
            text.append("  cause   ").append(cause().value()).append(" by rule ");
            text.append(rule())
                    .append(", confidence ")
                    .append(confidence().value())
                    .append('\n');
            text.append("  notify  ");
            text.append(
                    responsible() == null || level() == null
                            ? "nobody"
                            : responsible() + " (" + level().title() + ") at " + notifyAt());
            if (confidence == Confidence.LOW) {
                text.append("\n  unsure  ").append(doubt == null ? "low confidence" : doubt.sentence());
            }
            if (symptoms != null) {
                symptoms.excerpt().forEach(line -> text.append("\n  log     ").append(line));
                symptoms.failingTests()
                        .forEach(test -> text.append("\n  test    ").append(test));
            }
            if (known != null) {
                text.append("\n  known   ").append(known.title());
                text.append(" until ").append(known.until()).append(", ").append(known.owner());
                text.append(", ").append(known.link());
            }
            trace().forEach(reason -> text.append("\n  why     ").append(reason));
            return text.toString();
        }
    }
}
