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
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Updates the tracked bumps from events and from GitHub. Observing the same thing twice changes nothing. */
public final class BumpTracker {
    /** The class name of a pull request of a trusted bot that no class matches. */
    public static final String UNCLASSIFIED = "";

    /** A bump that is not deployed by then is no longer waited for. */
    public static final Duration DEPLOYING = Duration.ofDays(7);

    private final Config config;
    private final BumpTable table;

    /** Commits that are of no bump, as most are. Many runs test each. */
    private final Set<String> otherHeads = new HashSet<>();

    public BumpTracker(Config config, Transaction transaction) {
        this.config = config;
        this.table = transaction.bumps();
    }

    public void observe(JsonNode pullRequestEvent) {
        PullRequestDetails.parse(pullRequestEvent.path("pull_request")).ifPresent(this::observe);
    }

    /** Observes a pull request. Pull requests of people, and those that are not bumps, are not tracked any more. */
    public void observe(PullRequestDetails details) {
        if (config.file().bumps() == null) {
            return;
        }
        BumpClassification classification = config.bumpClasses().classify(details.candidate());
        switch (classification.kind()) {
            case BUMP ->
                track(Objects.requireNonNull(classification.bumpClass()).name(), details);
            case UNCLASSIFIED -> track(UNCLASSIFIED, details);
            case OTHER, HUMAN -> untrack(details.candidate());
        }
    }

    /** After a change of the configuration. An ended pull request stays. */
    private void untrack(BumpCandidate pull) {
        table.find(Objects.requireNonNull(pull.repository()), Objects.requireNonNull(pull.number()))
                .filter(known -> known.endedAt() == null)
                .ifPresent(table::forget);
    }

    private void track(String className, PullRequestDetails details) {
        TrackedBump before = table.find(
                        Objects.requireNonNull(details.candidate().repository()),
                        Objects.requireNonNull(details.candidate().number()))
                .orElse(null);
        if (before != null
                && before.endedAt() != null
                && details.endedAt() == null
                && !details.updatedAt().isAfter(before.endedAt())) {
            return;
        }
        TrackedBump now = details.toTrackedBump(className, before);
        boolean sameCommit = before != null && before.headSha().equals(now.headSha());
        if (before != null && !sameCommit && details.updatedAt().isBefore(before.pushedAt())) {
            return;
        }
        otherHeads.clear();
        table.save(sameCommit || now.endedAt() != null ? now : withExpectedChecks(now, details.base()));
    }

    /** Adds the jobs without whose result Tide does not merge, as pending. */
    private TrackedBump withExpectedChecks(TrackedBump pull, String base) {
        Predicate<Job> isExpected = expected(pull.repository(), base);
        TrackedBump expecting = pull;
        for (Job job : config.jobs().all()) {
            if (job.isRequired()
                    && isExpected.test(job)
                    && pull.repository().equals(job.repository())
                    && job.branches().shouldRun(base)) {
                // Any later observation of this commit is newer than the time at which it was opened.
                expecting = expecting.withCheck(job.name(), Check.State.PENDING, pull.openedAt(), null);
            }
        }
        return expecting;
    }

    private Predicate<Job> expected(Repository repository, String base) {
        try {
            Set<String> required = config.prow()
                    .tide()
                    .policy(repository, base, config.jobs().all())
                    .required();
            return job -> required.contains(job.context());
        } catch (IllegalArgumentException contradiction) {
            return job -> job.trigger().alwaysRun();
        }
    }

    /** Observes a run of a job that may be required on the commit of a bump, or of the job that deploys a merged one. */
    public void observe(JobRun run, Instant at) {
        if (config.file().bumps() == null) {
            return;
        }
        if (run.type() == JobType.PRESUBMIT
                && !config.diagnoser().isPluginRun(run)
                && Need.of(run, config.diagnoser().jobOf(run)).mayBlock()) {
            run.pulls().stream()
                    .map(Pull::sha)
                    .filter(Objects::nonNull)
                    .flatMap(sha -> ofHead(sha).stream())
                    .filter(pull -> pull.repository().equals(run.repository()))
                    .forEach(pull -> table.save(pull.withCheck(run.job(), state(run.state()), at, run.url())));
        } else if (run.type() == JobType.POSTSUBMIT) {
            deployed(run, at);
        }
    }

    private List<TrackedBump> ofHead(String sha) {
        List<TrackedBump> found = otherHeads.contains(sha) ? List.of() : table.ofHead(sha);
        if (found.isEmpty()) {
            otherHeads.add(sha);
        }
        return found;
    }

    public void observe(ContextOverride override, Instant receivedAt) {
        if (config.file().bumps() == null) {
            return;
        }
        Instant at = override.at() == null ? receivedAt : override.at();
        Check.State state = override.green() ? Check.State.SUCCESS : Check.State.FAILURE;
        table.ofHead(override.sha()).stream()
                .filter(pull -> pull.repository().equals(override.repository()))
                .forEach(pull -> check(pull, override.context())
                        .ifPresent(check -> table.save(pull.withCheck(check, state, at, null))));
    }

    /** The check with a context: a required job, or a job that is not known, whose context usually is its name. */
    private Optional<String> check(TrackedBump pull, String context) {
        return config.jobs().all().stream()
                .filter(job -> job.isRequired()
                        && pull.repository().equals(job.repository())
                        && job.context().equals(context))
                .map(Job::name)
                .findFirst()
                .or(() -> Optional.of(context).filter(pull.checks()::containsKey));
    }

    /** The pull request does not exist any more. */
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
        Instant started = run.times().started() == null ? at : run.times().started();
        merged(run, started)
                .filter(pull -> pull.deployment() == null
                        || (!pull.isDeployed() && !pull.deployment().at().isAfter(at)))
                .ifPresent(pull -> table.save(pull.withDeployment(
                        new Check(state(run.state()), at, run.state().isRed() ? 1 : 0, run.url()))));
    }

    /** The last bump merged before the run started. */
    private Optional<TrackedBump> merged(JobRun run, Instant started) {
        return table.current(started.minus(DEPLOYING)).stream()
                .filter(pull -> pull.phase() == TrackedBump.Phase.MERGED
                        && pull.repository().equals(run.repository())
                        && run.job().equals(deploymentOf(pull))
                        && !ended(pull).isAfter(started))
                .max(Comparator.comparing(BumpTracker::ended));
    }

    private String deploymentOf(TrackedBump pull) {
        return config.bumpClasses().classOf(pull).map(BumpClass::deployment).orElse("");
    }

    private static Instant ended(TrackedBump pull) {
        return Objects.requireNonNull(pull.endedAt());
    }

    /** An aborted run counts as pending, because it is usually run again. */
    private static Check.State state(JobState state) {
        return switch (state) {
            case SUCCESS -> Check.State.SUCCESS;
            case FAILURE, ERROR -> Check.State.FAILURE;
            case SCHEDULING, TRIGGERED, PENDING, ABORTED -> Check.State.PENDING;
        };
    }
}
