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
package io.kubevirt.cinotify.app.bump;

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.BumpPull.Check;
import io.kubevirt.cinotify.bump.PullRequest;
import io.kubevirt.cinotify.bump.PullRequestNews;
import io.kubevirt.cinotify.bump.Recognition;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.BumpTable;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Takes in what is heard of bots' pull requests, from whatever side; hearing it twice is hearing it once. */
public final class BumpBook {

    /** Of one that a trusted bot has opened and that is of no class. */
    public static final String UNCLASSIFIED = "";

    /** What has not come into service by then is not waited for any more. */
    static final Duration DEPLOYING = Duration.ofDays(7);

    private final Settings settings;
    private final BumpTable table;

    /** @param transaction that must not end before */
    public BumpBook(Settings settings, Transaction transaction) {
        this.settings = settings;
        this.table = transaction.bumps();
    }

    /**
     * Takes in a pull request as GitHub describes it; those of humans and those that bring in nothing are left alone, even if
     * they were followed before.
     */
    public void take(PullRequestNews news) {
        if (settings.file().bumps() == null) {
            return;
        }
        Recognition recognition = settings.bumpClasses().recognise(news.pull());
        switch (recognition.kind()) {
            case BUMP -> follow(Objects.requireNonNull(recognition.of()).name(), news);
            case UNCLASSIFIED -> follow(UNCLASSIFIED, news);
            case OTHER, HUMAN -> leave(news.pull());
        }
    }

    /** The settings have changed since it was followed. What has ended stays: it was one. */
    private void leave(PullRequest pull) {
        table.find(Objects.requireNonNull(pull.repository()), Objects.requireNonNull(pull.number()))
                .filter(known -> known.endedAt() == null)
                .ifPresent(table::forget);
    }

    private void follow(String of, PullRequestNews news) {
        BumpPull before = table.find(
                        Objects.requireNonNull(news.pull().repository()),
                        Objects.requireNonNull(news.pull().number()))
                .orElse(null);
        if (before != null
                && before.endedAt() != null
                && news.endedAt() == null
                && !news.updatedAt().isAfter(before.endedAt())) {
            return;
        }
        BumpPull now = news.bump(of, before);
        boolean sameCommit = before != null && before.headSha().equals(now.headSha());
        if (before != null && !sameCommit && news.updatedAt().isBefore(before.pushedAt())) {
            return;
        }
        table.save(sameCommit || now.endedAt() != null ? now : expecting(now, news.base()));
    }

    /** What must pass before it can be merged, by the job configuration: it will be run. */
    private BumpPull expecting(BumpPull pull, String base) {
        BumpPull expecting = pull;
        for (Job job : settings.jobs().all()) {
            if (job.isRequired()
                    && job.trigger().alwaysRun()
                    && pull.repository().equals(job.repository())
                    && job.branches().include(base)) {
                // Whatever is heard of this commit is newer, however late the commit itself was heard of.
                expecting = expecting.checked(job.name(), Check.State.PENDING, pull.openedAt(), null);
            }
        }
        return expecting;
    }

    /** Takes in a run: of a required job on the commit of a bump, or of the job that brings a merged one into service. */
    public void take(JobRun run, Instant at) {
        if (settings.file().bumps() == null) {
            return;
        }
        if (run.type() == JobType.PRESUBMIT
                && settings.diagnoser().jobOf(run).map(Job::isRequired).orElse(false)) {
            run.pulls().stream()
                    .map(Pull::sha)
                    .filter(Objects::nonNull)
                    .flatMap(sha -> table.ofHead(sha).stream())
                    .filter(pull -> pull.repository().equals(run.repository()))
                    .forEach(pull -> table.save(pull.checked(run.job(), state(run.state()), at, run.url())));
        } else if (run.type() == JobType.POSTSUBMIT) {
            deployed(run, at);
        }
    }

    /** Takes in a person's word on a required job of a bump's commit. */
    public void take(ContextOverride override, Instant heardAt) {
        if (settings.file().bumps() == null) {
            return;
        }
        Instant at = override.at() == null ? heardAt : override.at();
        Check.State state = override.green() ? Check.State.SUCCESS : Check.State.FAILURE;
        table.ofHead(override.sha()).stream()
                .filter(pull -> pull.repository().equals(override.repository()))
                .forEach(pull -> settings.jobs().all().stream()
                        .filter(job -> job.isRequired()
                                && pull.repository().equals(job.repository())
                                && job.context().equals(override.context()))
                        .map(Job::name)
                        .findFirst()
                        .ifPresent(job -> table.save(pull.checked(job, state, at, null))));
    }

    /** A pull request is not there any more. */
    public void gone(Repository repository, int number, Instant at) {
        table.find(repository, number)
                .filter(pull -> pull.endedAt() == null)
                .ifPresent(pull -> table.save(pull.gone(at)));
    }

    private void deployed(JobRun run, Instant at) {
        boolean deploys =
                settings.bumpClasses().all().stream().map(BumpClass::deployment).anyMatch(run.job()::equals);
        if (!deploys) {
            return;
        }
        Instant began = run.times().started() == null ? at : run.times().started();
        merged(run, began)
                .filter(pull -> pull.deployment() == null
                        || (!pull.isInService() && !pull.deployment().at().isAfter(at)))
                .ifPresent(pull -> table.save(pull.deployed(
                        new Check(state(run.state()), at, run.state().isRed() ? 1 : 0, run.url()))));
    }

    /** The last one that was merged before the run began. */
    private Optional<BumpPull> merged(JobRun run, Instant began) {
        return table.current(began.minus(DEPLOYING)).stream()
                .filter(pull -> pull.phase() == BumpPull.Phase.MERGED
                        && pull.repository().equals(run.repository())
                        && run.job().equals(deploymentOf(pull))
                        && !ended(pull).isAfter(began))
                .max(Comparator.comparing(BumpBook::ended));
    }

    private String deploymentOf(BumpPull pull) {
        return settings.bumpClasses().of(pull).map(BumpClass::deployment).orElse("");
    }

    private static Instant ended(BumpPull pull) {
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
