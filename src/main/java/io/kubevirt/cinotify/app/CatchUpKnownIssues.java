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
package io.kubevirt.cinotify.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubOpen;
import io.kubevirt.cinotify.settings.KnownIssuePlace;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Watermark;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reads the known issues on GitHub at the start and each hour, tries those that count, and tells of those that do not:
 * in the log, once, and in health, where it keeps nobody from being told of anything.
 */
@Readiness
@ApplicationScoped
public class CatchUpKnownIssues implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(CatchUpKnownIssues.class);
    private static final String STATE = "known-issues/";

    private final Store store;
    private final LiveSettings settings;
    private final OpenGitHub github;
    private final KnownIssues issues;
    private final InstantSource clock;
    private volatile List<String> troubles = List.of();

    CatchUpKnownIssues(
            Store store, LiveSettings settings, OpenGitHub github, FetchEvidence evidence, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.github = github;
        this.issues = evidence.knownIssues();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Settings current = settings.get();
        List<KnownIssuePlace> places = KnownIssueSources.places(current);
        List<String> found = new ArrayList<>();
        if (!places.isEmpty() && github.api().isEmpty()) {
            found.add("knownIssuesFrom: GitHub is not asked, as nobody said as whom; see --github-app-id");
        }
        github.api().ifPresent(api -> places.forEach(place -> read(place, api, found)));
        KnownIssueSources all = store.read(transaction -> KnownIssueSources.of(current, transaction));
        all.problems().forEach(problem -> found.add("does not count: " + problem));
        for (KnownIssue issue : all.issues()) {
            if (issue.isInForce(clock.instant()) && issues.attempt(current, issue) == KnownIssues.Trial.FAILED) {
                found.add(
                        "known issue \"" + issue.name() + "\" does not count: its pattern does not match its own build "
                                + issue.build() + "; mend the pattern, or name a run that failed by it");
            }
        }
        found.stream().filter(trouble -> !troubles.contains(trouble)).forEach(LOG::warn);
        troubles = List.copyOf(found);
    }

    /** Those that were last read stay while GitHub is away. */
    private void read(KnownIssuePlace place, GitHubApi api, List<String> found) {
        String repository = place.repository().fullName();
        String mark = STATE + repository + "/" + place.label();
        try {
            String etag = store.read(transaction -> transaction.watermarks().find(mark))
                    .map(Watermark::value)
                    .filter(value -> !value.isEmpty())
                    .orElse(null);
            new GitHubOpen(api)
                    .labelled(place.repository(), place.label(), etag)
                    .ifPresent(state -> {
                        List<KnownIssueTable.Row> rows = new ArrayList<>();
                        for (JsonNode issue : state.items()) {
                            if (!issue.has("pull_request")) {
                                rows.add(row(place, issue));
                            }
                        }
                        store.inTransaction(transaction -> {
                            transaction.knownIssues().replace(repository, place.label(), rows);
                            transaction.watermarks().set(mark, new Watermark(state.etag(), clock.instant()));
                            return true;
                        });
                    });
        } catch (GitHubFailure e) {
            found.add("the known issues of " + repository
                    + " could not be read, and are in an hour; those last read count on: " + e.getMessage());
        }
    }

    private static KnownIssueTable.Row row(KnownIssuePlace place, JsonNode issue) {
        return new KnownIssueTable.Row(
                place.repository().fullName(),
                place.label(),
                issue.path("number").asInt(),
                issue.path("title").asText(""),
                issue.path("html_url").asText(""),
                issue.path("body").asText(""));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("known issues").up();
        return troubles.isEmpty()
                ? response.build()
                : response.withData("problem", String.join("\n", troubles)).build();
    }
}
