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

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.app.OpenGitHub;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.PullRequestNews;
import io.kubevirt.cinotify.bump.Recognition;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubOpen;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.BumpSettings;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Reads the open pull requests of bots at the start and each hour, so that a lost webhook does not matter. */
@ApplicationScoped
public class CatchUpBumps {

    private static final Logger LOG = Logger.getLogger(CatchUpBumps.class);

    private final Store store;
    private final LiveSettings settings;
    private final OpenGitHub github;
    private final InstantSource clock;

    CatchUpBumps(Store store, LiveSettings settings, OpenGitHub github, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.github = github;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Settings current = settings.get();
        BumpSettings bumps = current.file().bumps();
        if (bumps != null) {
            github.api().ifPresent(api -> bumps.repositories().forEach(repository -> read(repository, current, api)));
        }
    }

    private void read(Repository repository, Settings current, GitHubApi api) {
        try {
            new CatchUp(current, api).read(repository);
        } catch (GitHubFailure e) {
            LOG.warnf(
                    "the open pull requests of %s could not be read, and are in an hour: %s",
                    repository, e.getMessage());
        }
    }

    /** Once, by one version of the settings. */
    private final class CatchUp {

        private final Settings current;
        private final GitHubOpen open;

        CatchUp(Settings current, GitHubApi api) {
            this.current = current;
            this.open = new GitHubOpen(api);
        }

        void read(Repository repository) throws GitHubFailure {
            Instant now = clock.instant();
            Set<Integer> numbers = new TreeSet<>();
            for (JsonNode pull : open.pulls(repository)) {
                PullRequestNews.read(pull)
                        .filter(this::isFollowed)
                        .flatMap(news -> Optional.ofNullable(news.pull().number()))
                        .ifPresent(numbers::add);
            }
            store.read(transaction -> transaction.bumps().current(now)).stream()
                    .filter(pull -> pull.endedAt() == null && pull.repository().equals(repository))
                    .map(BumpPull::number)
                    .forEach(numbers::add);
            List<PullRequestNews> all = new ArrayList<>();
            for (int number : numbers) {
                // Only the answer about a single one says whether it can be merged.
                open.pull(repository, number).flatMap(PullRequestNews::read).ifPresent(all::add);
            }
            store.inTransaction(transaction -> {
                BumpBook book = new BumpBook(current, transaction);
                all.forEach(book::take);
                return true;
            });
        }

        private boolean isFollowed(PullRequestNews news) {
            Recognition.Kind kind = current.bumpClasses().recognise(news.pull()).kind();
            return kind == Recognition.Kind.BUMP || kind == Recognition.Kind.UNCLASSIFIED;
        }
    }
}
