// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.KnownIssueRepository;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.OpenIssues;
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
public class KnownIssueSync implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(KnownIssueSync.class);
    private static final String STATE = "known-issues/";

    private final Store store;
    private final ConfigAgent configAgent;
    private final GitHubConnection github;
    private final KnownIssueMatcher matcher;
    private final InstantSource clock;
    private volatile List<String> problems = List.of();

    KnownIssueSync(
            Store store, ConfigAgent settings, GitHubConnection github, ArtifactFetcher evidence, InstantSource clock) {
        this.store = store;
        this.configAgent = settings;
        this.github = github;
        this.matcher = evidence.matcher();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = configAgent.get();
        List<KnownIssueRepository> places = KnownIssueList.places(current);
        List<String> found = new ArrayList<>();
        if (!places.isEmpty() && github.api().isEmpty()) {
            found.add("knownIssuesFrom: GitHub is not asked, as nobody said as whom; see --github-app-id");
        }
        github.api().ifPresent(api -> places.forEach(place -> read(place, api, found)));
        KnownIssueList all = store.read(transaction -> KnownIssueList.load(current, transaction));
        all.problems().forEach(problem -> found.add("does not count: " + problem));
        for (KnownIssue issue : all.issues()) {
            if (issue.isInForce(clock.instant())
                    && matcher.verify(current, issue) == KnownIssueMatcher.Verification.FAILED) {
                found.add(
                        "known issue \"" + issue.name() + "\" does not count: its pattern does not match its own build "
                                + issue.build() + "; mend the pattern, or name a run that failed by it");
            }
        }
        found.stream().filter(trouble -> !problems.contains(trouble)).forEach(LOG::warn);
        problems = List.copyOf(found);
    }

    /** Those that were last read stay while GitHub is away. */
    private void read(KnownIssueRepository place, GitHubApi api, List<String> found) {
        String repository = place.repository().fullName();
        String mark = STATE + repository + "/" + place.label();
        try {
            String etag = store.read(transaction -> transaction.watermarks().find(mark))
                    .map(Watermark::value)
                    .filter(value -> !value.isEmpty())
                    .orElse(null);
            new OpenIssues(api)
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
        } catch (GitHubException e) {
            found.add("the known issues of " + repository
                    + " could not be read, and are in an hour; those last read count on: " + e.getMessage());
        }
    }

    private static KnownIssueTable.Row row(KnownIssueRepository place, JsonNode issue) {
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
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", String.join("\n", problems)).build();
    }
}
