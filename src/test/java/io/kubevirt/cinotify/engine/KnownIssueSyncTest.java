// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.diagnosis.FailureRecord;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.VirtualClock;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.routing.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People keep known issues where they keep issues. */
class KnownIssueSyncTest {

    private static final String REPOSITORY = "example/infra";
    private static final String LABEL = "ci/known-issue";
    private static final String BLOCK = """
        The cache loses blobs.

        ```ci-notify
        pattern: 'Missing digest: \\w+'
        owner: somebody
        until: 2026-12-24
        mute: true
        example: 'Missing digest: a72f/139666'
        ```

        More words.
        """;

    @TempDir
    private Path folder;

    private final FakeGitHub github = new FakeGitHub();
    private final FakeArtifactStore artifacts = new FakeArtifactStore(StatusPayload.BUCKET);
    private final VirtualClock clock = new VirtualClock();
    private EmbeddedStore database;
    private ConfigAgent settings;
    private ArtifactLocator places;
    private GitHubApi api;
    private KnownIssueSync issues;

    @BeforeEach
    void begin() throws Exception {
        clock.set(NOON);
        Path config = Files.createDirectories(folder.resolve("config"));
        for (String name : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.write(config.resolve(name), Files.readAllBytes(Path.of("config", name)));
        }
        Files.writeString(
                config.resolve("ci-notify.yaml"),
                "\nknownIssuesFrom:\n  - {repository: " + REPOSITORY + ", label: " + LABEL + "}\n",
                StandardOpenOption.APPEND);
        settings = new ConfigAgent(new ConfigLoader(config, null), () -> NOON);
        database = EmbeddedStore.in(folder.resolve("data"));
        places = new ArtifactLocator(
                settings.get(), new ObjectStoreEndpoint(artifacts.address()), Duration.ofMinutes(1), clock);
        ArtifactFetcher evidence = new ArtifactFetcher(database.store(), settings, places, work -> {}, clock);
        api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(Files.writeString(folder.resolve("token"), "good-token")),
                false,
                Duration.ofMinutes(1),
                clock));
        issues = new KnownIssueSync(database.store(), settings, GitHubConnection.of(api), evidence, clock);
        github.world().repository(REPOSITORY, LABEL).collaborator(REPOSITORY, "somebody");
    }

    @AfterEach
    void close() {
        places.close();
        api.close();
        github.close();
        artifacts.close();
    }

    @Test
    void anOpenIssueWithTheLabelIsAKnownIssue() {
        github.world()
                .issue(REPOSITORY, 7, "Cache: it's \"lossy\"", BLOCK, LABEL)
                .issue(REPOSITORY, 8, "Something else", BLOCK, "kind/bug");
        issues.tick();

        assertThat(known()).singleElement().satisfies(issue -> {
            assertThat(issue.name()).isEqualTo("example/infra#7 Cache: it's \"lossy\"");
            assertThat(issue.link()).isEqualTo("https://github.com/example/infra/issues/7");
            assertThat(issue.until()).isEqualTo(LocalDate.of(2026, 12, 24));
            assertThat(issue.mute()).isTrue();
        });
        assertThat(problem()).isEmpty();
    }

    @Test
    void aDigestShowsTheIssuesAndMatchesThatItsReadersMaySee() {
        github.world().issue(REPOSITORY, 7, "Cache", BLOCK, LABEL);
        issues.tick();
        String name = known().getFirst().name();
        recordMatch("kubevirt/kubevirt", name);
        recordMatch("kubevirt/canary-repo", name);
        observePrivate("kubevirt/canary-repo");

        DigestData shown = digest(Audience.PUBLIC);
        assertThat(shown.knownIssues()).extracting(KnownIssue::name).containsExactly(name);
        assertThat(shown.knownIssueMatches()).isEqualTo(Map.of(name, 1));

        observePrivate(REPOSITORY);
        assertThat(digest(Audience.PUBLIC).knownIssues()).isEmpty();
        assertThat(digest(Audience.OPERATOR).knownIssues()).hasSize(1);
        assertThat(digest(Audience.OPERATOR).knownIssueMatches()).isEqualTo(Map.of(name, 2));
    }

    private DigestData digest(Audience audience) {
        return database.store()
                .read(transaction -> DigestDataLoader.load(
                        transaction,
                        settings.get(),
                        DigestPeriod.before(NOON.plusSeconds(1), Duration.ofDays(7)),
                        audience,
                        null));
    }

    private void recordMatch(String repository, String known) {
        JobRun run = JobRun.builder("job", JobType.PERIODIC, JobState.FAILURE)
                .build("7", null)
                .build();
        database.store().inTransaction(transaction -> {
            transaction.evidence().request(repository, run, NOON, NOON);
            transaction
                    .evidence()
                    .recordFailure(
                            new FailureRecord(repository, repository, "job", 1, null, null, Cause.TEST, "", NOON),
                            known);
            return true;
        });
    }

    private void observePrivate(String repository) {
        database.store().inTransaction(transaction -> {
            transaction.visibility().observe(Repository.of(repository), Visibility.PRIVATE);
            return true;
        });
    }

    @Test
    void aMalformedIssueIsInactiveAndReported() {
        github.world()
                .issue(REPOSITORY, 1, "No block", "nothing of it", LABEL)
                .issue(REPOSITORY, 2, "Bad pattern", BLOCK.replace("Missing digest: \\w+", "("), LABEL)
                .issue(REPOSITORY, 3, "No end", BLOCK.replace("until: 2026-12-24\n", ""), LABEL)
                .issue(REPOSITORY, 4, "Another example", BLOCK.replace("a72f/139666", "..."), LABEL)
                .issue(REPOSITORY, 5, "Everything", BLOCK.replace("Missing digest: \\w+", ".*"), LABEL)
                .issue(REPOSITORY, 6, "Good", BLOCK, LABEL)
                .issue(REPOSITORY, 7, "Huge", BLOCK.replace("Missing digest: \\w+", "((x{1000}){20})"), LABEL);
        issues.tick();

        assertThat(known()).extracting(KnownIssue::name).containsExactly("example/infra#6 Good");
        assertThat(problem())
                .contains("example/infra#1", "```ci-notify")
                .contains("example/infra#2", "RE2")
                .contains("example/infra#3", "until")
                .contains("example/infra#4", "the pattern does not match it")
                .contains("example/infra#5", "matches every failure")
                .contains("example/infra#7", "too large: its repetitions multiply to more than 2000 steps");
    }

    @Test
    void anIssueThatItsAuthorCanEditWithoutWriteAccessIsInactive() {
        github.world().issue(REPOSITORY, 7, "Cache", BLOCK, LABEL);
        ((ObjectNode) github.world().issues(REPOSITORY).getFirst().get("user")).put("login", "outsider");
        issues.tick();

        assertThat(known()).isEmpty();
        assertThat(problem()).contains("example/infra#7: its author \"outsider\" has no write access to example/infra");

        github.world().collaborator(REPOSITORY, "outsider");
        issues.tick();
        assertThat(known()).hasSize(1);
        assertThat(problem()).isEmpty();
    }

    @Test
    void issuesAreParsedAgainOnlyIfTheyChange() {
        KnownIssueList.Cache cache = new KnownIssueList.Cache();
        github.world().issue(REPOSITORY, 7, "Cache", BLOCK, LABEL);
        issues.tick();
        KnownIssueList first = cache.get(settings.get(), database.store());

        assertThat(cache.get(settings.get(), database.store())).isSameAs(first);
        github.world().issue(REPOSITORY, 9, "Registry", BLOCK, LABEL);
        issues.tick();
        assertThat(cache.get(settings.get(), database.store()).issues()).hasSize(2);
    }

    @Test
    void theLastIssuesStayActiveWhileGitHubIsUnreachable() {
        github.world().issue(REPOSITORY, 7, "Cache", BLOCK, LABEL);
        issues.tick();
        github.accepts(nobody -> false);
        issues.tick();

        assertThat(known()).hasSize(1);
        assertThat(problem()).contains("cannot read the known issues", "the last ones stay active");
    }

    @Test
    void allOfManyIssuesAreReadAndPullRequestsIgnored() {
        for (int number = 1; number <= 250; number++) {
            github.world().issue(REPOSITORY, number, "Issue", BLOCK, LABEL);
        }
        for (int number = 251; number <= 380; number++) {
            github.world().labelledPull(REPOSITORY, number, LABEL);
        }
        issues.tick();
        assertThat(known()).hasSize(250);

        github.world().closed(REPOSITORY, 190);
        issues.tick();
        assertThat(known()).as("the first page is as it was").hasSize(249);
        assertThat(problem()).isEmpty();
    }

    @Test
    void moreThanTwoThousandIssuesAreReportedAndTheLastOnesStay() {
        github.world().issue(REPOSITORY, 1, "Issue", BLOCK, LABEL);
        issues.tick();
        for (int number = 2; number <= 2_001; number++) {
            github.world().labelledPull(REPOSITORY, number, LABEL);
        }
        issues.tick();

        assertThat(known()).hasSize(1);
        assertThat(problem()).contains("more than 2000 items");
    }

    private List<KnownIssue> known() {
        return database.store()
                .read(transaction -> KnownIssueList.load(settings.get(), transaction, repository -> true))
                .issues();
    }

    private String problem() {
        return issues.call()
                .getData()
                .map(data -> data.get("problem").toString())
                .orElse("");
    }
}
