// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFile.KnownIssueRepository;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.github.GitHubUsers;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.KnownIssueTable;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reads the known issues from GitHub at the start and each hour, and verifies their patterns. Problems go to the log, once,
 * and to the health report, which stays up.
 */
@Readiness
@ApplicationScoped
public class KnownIssueSync implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(KnownIssueSync.class);
    private final Store store;
    private final ConfigAgent configAgent;
    private final GitHubConnection github;
    private final KnownIssueMatcher matcher;
    private final InstantSource clock;
    private volatile List<String> problems = List.of();

    KnownIssueSync(
            Store store,
            ConfigAgent configAgent,
            GitHubConnection github,
            ArtifactFetcher artifactFetcher,
            InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.github = github;
        this.matcher = artifactFetcher.matcher();
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = configAgent.get();
        List<KnownIssueRepository> repositories = KnownIssueList.repositories(current);
        List<String> found = new ArrayList<>();
        if (!repositories.isEmpty() && github.api().isEmpty()) {
            found.add("knownIssuesFrom: no GitHub credentials configured; see --github-app-id");
        }
        github.api().ifPresent(api -> repositories.forEach(source -> read(source, api, found)));
        List<String> all = inactive(current, repository -> true);
        PublicNames names = new PublicNames(store, configAgent::get);
        List<Repository> open = repositories.stream()
                .map(KnownIssueRepository::repository)
                .filter(names::isPublic)
                .toList();
        List<String> shown = inactive(current, open::contains);
        found.addAll(shown);
        if (all.size() > shown.size()) {
            found.add(all.size() - shown.size() + " known issues of repositories that are not public are inactive");
        }
        found.stream().filter(problem -> !problems.contains(problem)).forEach(LOG::warn);
        problems = List.copyOf(found);
    }

    private List<String> inactive(Config current, Predicate<Repository> shown) {
        List<String> found = new ArrayList<>();
        KnownIssueList list = store.read(transaction -> KnownIssueList.load(current, transaction, shown));
        list.problems().forEach(problem -> found.add("inactive: " + problem));
        for (KnownIssue issue : list.issues()) {
            if (issue.isInForce(clock.instant())
                    && matcher.verify(current, issue) == KnownIssueMatcher.Verification.FAILED) {
                found.add("known issue \"" + issue.name() + "\" is inactive: its pattern does not match its build "
                        + issue.build() + "; correct the pattern, or name a run that failed because of the issue");
            }
        }
        return found;
    }

    /** If GitHub is unreachable, the issues last read stay. */
    private void read(KnownIssueRepository source, GitHubApi api, List<String> found) {
        String repository = source.repository().fullName();
        try {
            WriteAccess access = new WriteAccess(new GitHubUsers(api), source.repository());
            List<KnownIssueTable.Row> rows = new ArrayList<>();
            for (JsonNode issue : new GitHubIssues(api).openIssuesLabelled(source.repository(), source.label())) {
                String author = issue.path("user").path("login").asText("");
                if (issue.has("pull_request")) {
                    continue;
                }
                if (access.has(author)) {
                    rows.add(row(source, issue));
                } else if (!new PublicNames(store, configAgent::get).isPublic(source.repository())) {
                    found.add(
                            "inactive: a known issue of a repository that is not public: its author has no write access");
                } else {
                    found.add("inactive: " + repository + "#"
                            + issue.path("number").asInt() + ": its author \""
                            + author + "\" has no write access to " + repository
                            + " and can edit it at any time; somebody"
                            + " with write access opens an issue with the same block, or it goes to knownIssues");
                }
            }
            store.inTransaction(transaction -> {
                transaction.knownIssues().replace(repository, source.label(), rows);
                return true;
            });
        } catch (GitHubException e) {
            found.add(new PublicNames(store, configAgent::get)
                            .failure("cannot read the known issues", repository, source.repository(), e)
                    + "; retrying in an hour, the last ones stay active");
        }
    }

    /**
     * Who can write to a repository. Only the author of an issue and people with write access can edit its description, so
     * each revision of an issue by somebody with write access is by somebody with write access.
     */
    private record WriteAccess(GitHubUsers users, Repository repository, Map<String, Boolean> known) {
        WriteAccess(GitHubUsers users, Repository repository) {
            this(users, repository, new HashMap<>());
        }

        boolean has(String login) throws GitHubException {
            Boolean answer = known.get(login);
            if (answer == null) {
                answer = !login.isEmpty() && users.canWrite(repository, login);
                known.put(login, answer);
            }
            return answer;
        }
    }

    private static KnownIssueTable.Row row(KnownIssueRepository source, JsonNode issue) {
        return new KnownIssueTable.Row(
                source.repository().fullName(),
                source.label(),
                issue.path("number").asInt(),
                issue.path("title").asText(""),
                issue.path("html_url").asText(""),
                issue.path("body").asText(""));
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("known-issues").up();
        return problems.isEmpty()
                ? response.build()
                : response.withData("problem", Secrets.censor(String.join("\n", problems)))
                        .build();
    }
}
