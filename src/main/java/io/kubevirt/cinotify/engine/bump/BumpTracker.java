// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.bump;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.BumpCandidate;
import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.BumpClasses.BumpClassification;
import io.kubevirt.cinotify.bump.PullRequestDetails;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.bump.TrackedBump.Check;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.BumpTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Takes in what is heard of bots' pull requests, from whatever side; hearing it twice is hearing it once. */
public final class BumpTracker {

    /** Of one that a trusted bot has opened and that is of no class. */
    public static final String UNCLASSIFIED = "";

    /** What has not come into service by then is not waited for any more. */
    public static final Duration DEPLOYING = Duration.ofDays(7);

    private final Config config;
    private final BumpTable table;

    /** @param transaction that must not end before */
    public BumpTracker(Config settings, Transaction transaction) {
        this.config = settings;
        this.table = transaction.bumps();
    }

    /** Observes the payload of a {@code pull_request} event. */
    public void observe(JsonNode pullRequestEvent) {
        PullRequestDetails.parse(pullRequestEvent.path("pull_request")).ifPresent(this::observe);
    }

    /**
     * Takes in a pull request as GitHub describes it; those of humans and those that bring in nothing are left alone, even if
     * they were followed before.
     */
    public void observe(PullRequestDetails news) {
        if (config.file().bumps() == null) {
            return;
        }
        BumpClassification recognition = config.bumpClasses().classify(news.candidate());
        switch (recognition.kind()) {
            case BUMP -> track(Objects.requireNonNull(recognition.bumpClass()).name(), news);
            case UNCLASSIFIED -> track(UNCLASSIFIED, news);
            case OTHER, HUMAN -> untrack(news.candidate());
        }
    }

    /** The settings have changed since it was followed. What has ended stays: it was one. */
    private void untrack(BumpCandidate pull) {
        table.find(Objects.requireNonNull(pull.repository()), Objects.requireNonNull(pull.number()))
                .filter(known -> known.endedAt() == null)
                .ifPresent(table::forget);
    }

    private void track(String of, PullRequestDetails news) {
        TrackedBump before = table.find(
                        Objects.requireNonNull(news.candidate().repository()),
                        Objects.requireNonNull(news.candidate().number()))
                .orElse(null);
        if (before != null
                && before.endedAt() != null
                && news.endedAt() == null
                && !news.updatedAt().isAfter(before.endedAt())) {
            return;
        }
        TrackedBump now = news.toTrackedBump(of, before);
        boolean sameCommit = before != null && before.headSha().equals(now.headSha());
        if (before != null && !sameCommit && news.updatedAt().isBefore(before.pushedAt())) {
            return;
        }
        table.save(sameCommit || now.endedAt() != null ? now : withExpectedChecks(now, news.base()));
    }

    /** What must pass before it can be merged, by the job configuration: it will be run. */
    private TrackedBump withExpectedChecks(TrackedBump pull, String base) {
        TrackedBump expecting = pull;
        for (Job job : config.jobs().all()) {
            if (job.isRequired()
                    && job.trigger().alwaysRun()
                    && pull.repository().equals(job.repository())
                    && job.branches().shouldRun(base)) {
                // Whatever is heard of this commit is newer, however late the commit itself was heard of.
                expecting = expecting.withCheck(job.name(), Check.State.PENDING, pull.openedAt(), null);
            }
        }
        return expecting;
    }

    /** Takes in a run: of a required job on the commit of a bump, or of the job that brings a merged one into service. */
    public void observe(JobRun run, Instant at) {
        if (config.file().bumps() == null) {
            return;
        }
        if (run.type() == JobType.PRESUBMIT
                && config.diagnoser().jobOf(run).map(Job::isRequired).orElse(false)) {
            run.pulls().stream()
                    .map(Pull::sha)
                    .filter(Objects::nonNull)
                    .flatMap(sha -> table.ofHead(sha).stream())
                    .filter(pull -> pull.repository().equals(run.repository()))
                    .forEach(pull -> table.save(pull.withCheck(run.job(), state(run.state()), at, run.url())));
        } else if (run.type() == JobType.POSTSUBMIT) {
            deployed(run, at);
        }
    }

    /** Takes in a person's word on a required job of a bump's commit. */
    public void observe(ContextOverride override, Instant heardAt) {
        if (config.file().bumps() == null) {
            return;
        }
        Instant at = override.at() == null ? heardAt : override.at();
        Check.State state = override.green() ? Check.State.SUCCESS : Check.State.FAILURE;
        table.ofHead(override.sha()).stream()
                .filter(pull -> pull.repository().equals(override.repository()))
                .forEach(pull -> config.jobs().all().stream()
                        .filter(job -> job.isRequired()
                                && pull.repository().equals(job.repository())
                                && job.context().equals(override.context()))
                        .map(Job::name)
                        .findFirst()
                        .ifPresent(job -> table.save(pull.withCheck(job, state, at, null))));
    }

    /** A pull request is not there any more. */
    public void gone(Repository repository, int number, Instant at) {
        table.find(repository, number)
                .filter(pull -> pull.endedAt() == null)
                .ifPresent(pull -> table.save(pull.withEndedAt(at)));
    }

    private void deployed(JobRun run, Instant at) {
        boolean deploys =
                config.bumpClasses().all().stream().map(BumpClass::deployment).anyMatch(run.job()::equals);
        if (!deploys) {
            return;
        }
        Instant began = run.times().started() == null ? at : run.times().started();
        merged(run, began)
                .filter(pull -> pull.deployment() == null
                        || (!pull.isDeployed() && !pull.deployment().at().isAfter(at)))
                .ifPresent(pull -> table.save(pull.withDeployment(
                        new Check(state(run.state()), at, run.state().isRed() ? 1 : 0, run.url()))));
    }

    /** The last one that was merged before the run began. */
    private Optional<TrackedBump> merged(JobRun run, Instant began) {
        return table.current(began.minus(DEPLOYING)).stream()
                .filter(pull -> pull.phase() == TrackedBump.Phase.MERGED
                        && pull.repository().equals(run.repository())
                        && run.job().equals(deploymentOf(pull))
                        && !ended(pull).isAfter(began))
                .max(Comparator.comparing(BumpTracker::ended));
    }

    private String deploymentOf(TrackedBump pull) {
        return config.bumpClasses().classOf(pull).map(BumpClass::deployment).orElse("");
    }

    private static Instant ended(TrackedBump pull) {
        return Objects.requireNonNull(pull.endedAt());
    }

    /** Whoever stops a run lets it run again. */
    private static Check.State state(JobState state) {
        return switch (state) {
            case SUCCESS -> Check.State.SUCCESS;
            case FAILURE, ERROR -> Check.State.FAILURE;
            case SCHEDULING, TRIGGERED, PENDING, ABORTED -> Check.State.PENDING;
        };
    }
}
