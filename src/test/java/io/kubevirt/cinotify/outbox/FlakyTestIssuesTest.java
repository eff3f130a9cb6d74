// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.digest.TestIssueScheduler;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FailedTests;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.Golden;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.TestTable.FailedTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues about flaky tests, from the stored failures to what GitHub shows; through the outbox. */
class FlakyTestIssuesTest {
    private static final String REPOSITORY = "example/ci";
    private static final String E2E = "example/thing e2e";
    private static final String UNIT = "example/thing unit";
    private static final String SECRET = "example/secret e2e";
    private static final String NAME = "[sig-network] a VM [crit:high] should get an `address` from @everyone";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private final FakeGitHub github = new FakeGitHub();
    private Visibility visibility = Visibility.PUBLIC;
    private ConfigAgent agent;
    private OutboxHarness rig;
    private FailedTests runs;

    @BeforeEach
    void open() throws Exception {
        github.world().repository(REPOSITORY, "kind/flake", "sig/network", "sig/{sig}");
        configure("""
            github:
              testIssues: {repository: example/ci, flakes: 3, mostOpen: 2, labels: [kind/flake, "sig/{sig}"]}
            """);
        Files.writeString(folder.resolve("token"), "good-token");
        GitHubApi api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(folder.resolve("token")),
                false,
                Duration.ofSeconds(20),
                () -> rig.now));
        Templates templates = Templates.open(TemplateSet.GITHUB, null);
        MessageModelFactory models = new MessageModelFactory(Links.none(), handle -> null);
        rig = new OutboxHarness(
                folder.resolve("store"),
                new GitHubChannel(
                        api,
                        new GitHubFormatter(() -> templates, () -> models),
                        () -> GitHubConfig.DISABLED,
                        repository -> visibility));
        runs = new FailedTests(rig.database.store());
    }

    @AfterEach
    void close() {
        github.close();
    }

    private void configure(String block) throws Exception {
        ConfigFixture settings = ConfigFixture.in(Files.createTempDirectory(folder, "config"));
        Path file = settings.path().resolve(ConfigLoader.FILE);
        settings.write(ConfigLoader.FILE, Files.readString(file) + "\n" + block);
        agent = new ConfigAgent(new ConfigLoader(settings.path(), null), () -> Examples.NOON);
    }

    private void flakes(int count, String lane, String test) {
        for (int each = 0; each < count; each++) {
            runs.run(
                    lane,
                    each,
                    rig.now.minusSeconds(60L * (each + 1)),
                    lane.equals(SECRET) ? Visibility.PRIVATE : Visibility.PUBLIC,
                    new FailedTest(test, test.contains("network") ? "network" : "multi", false, true));
        }
    }

    /** What a new process does, after some time. */
    private void look(Duration after) throws Exception {
        rig.now = rig.now.plus(after);
        new TestIssueScheduler(rig.database.store(), agent, rig.channels, () -> rig.now).tick();
        rig.settle();
    }

    /** A look every day. */
    private void quietDays(int days) throws Exception {
        for (int day = 0; day < days; day++) {
            look(DAY);
        }
    }

    private List<ObjectNode> issues() {
        return github.world().issues(REPOSITORY);
    }

    private String text(int issue, String field) {
        return issues().get(issue).get(field).asText();
    }

    private long edits() {
        return github.requests().stream()
                .filter(request -> request.startsWith("PATCH"))
                .count();
    }

    @Test
    void aTestGetsAnIssueFromTheThresholdOn() throws Exception {
        flakes(2, E2E, NAME);
        runs.failed(E2E, 8, rig.now.minusSeconds(90), FailedTests.test("is only broken"));
        look(HOUR);
        assertThat(issues()).isEmpty();

        flakes(1, UNIT, NAME);
        runs.failed(UNIT, 8, rig.now, new FailedTest(NAME, "network", true, false));
        look(HOUR);
        look(HOUR);

        assertThat(issues()).hasSize(1);
        Golden.check("flaky-test.md", "# " + text(0, "title") + "\n\n" + text(0, "body") + "\n");
        assertThat(issues().getFirst().get("labels"))
                .extracting(label -> label.get("name").asText())
                .containsExactly("kind/flake", "sig/network");
    }

    @Test
    void withoutSettingsThereAreNoIssues() throws Exception {
        configure("");
        flakes(9, E2E, NAME);
        look(HOUR);

        assertThat(issues()).isEmpty();
    }

    @Test
    void furtherTestsWaitWhileManyIssuesAreOpen() throws Exception {
        flakes(5, E2E, "one");
        flakes(4, E2E, "two");
        flakes(9, E2E, "nobody knows " + "x".repeat(500));
        look(HOUR);
        assertThat(issues())
                .hasSize(2)
                .noneMatch(issue -> issue.get("title").asText().contains("two"));

        for (int day = 0; day < 15; day++) {
            flakes(2, E2E, "two");
            flakes(1, UNIT, "nobody knows " + "x".repeat(500));
            look(DAY);
        }
        assertThat(issues()).hasSize(3);
        assertThat(text(2, "state")).as("below the threshold, but not quiet").isEqualTo("open");
        assertThat(issues().stream().filter(issue -> issue.get("state").asText().equals("closed")))
                .singleElement()
                .satisfies(issue -> assertThat(issue.get("title").asText()).contains("one"));
    }

    @Test
    void anIssueIsEditedOnceADayIfItsFiguresDifferClearly() throws Exception {
        flakes(4, E2E, NAME);
        look(HOUR);
        flakes(4, E2E, NAME);
        look(HOUR);
        assertThat(edits()).as("once a day").isZero();

        look(DAY);
        look(HOUR);
        assertThat(edits()).isOne();
        assertThat(text(0, "body")).contains("8 flakes in 14 days");

        flakes(1, E2E, NAME);
        quietDays(3);
        assertThat(edits()).as("a ninth flake says nothing new").isOne();

        quietDays(4);
        flakes(1, E2E, NAME);
        quietDays(1);
        assertThat(edits()).as("the newest failure is a week later").isEqualTo(2);
    }

    @Test
    void anIssueIsClosedAfterTwoQuietWeeksAndOpenedAgainWhenTheTestIsFlaky() throws Exception {
        flakes(3, E2E, NAME);
        look(HOUR);
        quietDays(13);
        assertThat(text(0, "state")).isEqualTo("open");
        quietDays(1);
        assertThat(text(0, "state")).isEqualTo("closed");
        assertThat(text(0, "body")).contains("No flake in 14 days, so this issue is closed");

        flakes(2, E2E, NAME);
        quietDays(1);
        assertThat(text(0, "state")).as("below the threshold").isEqualTo("closed");
        flakes(1, E2E, NAME);
        look(Duration.ofDays(120));
        assertThat(text(0, "state")).isEqualTo("closed");
        rig.database.store().inTransaction(transaction -> transaction.messages().forgetUnchangedSince(rig.now, 100));
        flakes(3, E2E, NAME);
        look(HOUR);

        assertThat(issues()).hasSize(1);
        assertThat(text(0, "state")).as("though its texts are no longer stored").isEqualTo("open");
        assertThat(text(0, "body")).contains("3 flakes in 14 days");
    }

    @Test
    void whatAPersonClosedOrEditedStays() throws Exception {
        flakes(3, E2E, NAME);
        look(HOUR);
        github.world().closed(REPOSITORY, 1);
        issues().getFirst().put("title", "A title of somebody");
        flakes(3, E2E, NAME);
        quietDays(2);
        assertThat(text(0, "state")).isEqualTo("closed");
        assertThat(text(0, "title")).isEqualTo("A title of somebody");
        assertThat(text(0, "body")).contains("3 flakes in 14 days");

        quietDays(14);
        flakes(3, E2E, NAME);
        quietDays(1);
        assertThat(text(0, "state")).as("it returned after two quiet weeks").isEqualTo("open");
        assertThat(text(0, "title")).isEqualTo("A title of somebody");
    }

    @Test
    void aDeletedIssueIsPostedOnceMore() throws Exception {
        flakes(3, E2E, NAME);
        look(HOUR);
        github.world().deleteIssue(REPOSITORY, 1);
        flakes(3, E2E, NAME);
        quietDays(2);
        rig.pass(Duration.ofMinutes(10));
        assertThat(issues()).hasSize(1);

        github.world().deleteIssue(REPOSITORY, issues().getFirst().get("number").asInt());
        flakes(6, E2E, NAME);
        quietDays(2);
        rig.pass(Duration.ofMinutes(10));
        quietDays(16);
        assertThat(issues()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aDeletedIssueIsNotPostedToBeClosed() throws Exception {
        flakes(3, E2E, NAME);
        look(HOUR);
        github.world().deleteIssue(REPOSITORY, 1);
        quietDays(15);
        rig.pass(Duration.ofMinutes(10));

        assertThat(issues()).isEmpty();
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void failuresThatReadersMayNotSeeDoNotCount() throws Exception {
        flakes(5, SECRET, "hidden");
        flakes(2, UNIT, NAME);
        flakes(5, SECRET, NAME);
        look(HOUR);
        assertThat(issues()).isEmpty();

        flakes(1, UNIT, NAME);
        flakes(1, E2E, NAME);
        look(HOUR);
        assertThat(issues()).hasSize(1);
        assertThat(text(0, "body")).contains("4 flakes in 14 days, of 4 failures on 2 lanes");
        assertThat(issues().toString()).doesNotContain("secret").doesNotContain("hidden");

        for (String lane : List.of(E2E, UNIT)) {
            rig.database
                    .store()
                    .inTransaction(transaction -> transaction.visibility().setLane(lane, Visibility.PRIVATE, 100));
            look(DAY);
            assertThat(text(0, "body")).as("it became private").doesNotContain(lane);
        }
        assertThat(text(0, "state")).isEqualTo("closed");
    }

    @Test
    void aPrivateRepositoryHasIssuesAboutItsOwnLanes() throws Exception {
        configure("github: {testIssues: {repository: example/secret, flakes: 3}}");
        github.world().repository("example/secret");
        visibility = Visibility.PRIVATE;
        flakes(3, SECRET, "hidden");
        look(HOUR);

        assertThat(issues()).isEmpty();
        assertThat(github.world().issues("example/secret")).hasSize(1);
    }

    @Test
    void aRestartInTheMiddleCreatesNothingTwice() throws Exception {
        flakes(3, E2E, NAME);
        github.failNextWrite(GitHubFault.held());
        look(HOUR);
        rig.restart();
        look(Duration.ofSeconds(20));
        github.land();
        for (int minute = 0; minute < 8; minute++) {
            look(Duration.ofMinutes(1));
        }
        assertThat(issues()).hasSize(1);

        flakes(3, E2E, NAME);
        github.failNext("PATCH", GitHubFault.held());
        look(DAY);
        rig.restart();
        github.land();
        for (int minute = 0; minute < 8; minute++) {
            look(Duration.ofMinutes(1));
        }
        assertThat(issues()).hasSize(1);
        assertThat(text(0, "body")).contains("6 flakes in 14 days");
        assertThat(rig.unsettled()).isZero();
    }

    @Test
    void aHostileNameIsShownAsItIs() throws Exception {
        String name = "x\n/close\n<!-- ci-notify:flaky-test-0 -->\n```\n@org/team [l](https://evil.example) network";
        flakes(3, E2E, name);
        look(HOUR);
        flakes(3, E2E, name);
        look(DAY);

        assertThat(issues()).hasSize(1);
        assertThat(text(0, "title")).doesNotContain("\n");
        assertThat(text(0, "body").lines())
                .noneMatch(line -> line.startsWith("/") || line.strip().startsWith("@"))
                .filteredOn(line -> line.startsWith("<!--"))
                .noneMatch(line -> line.contains("flaky-test-0 "));
        assertThat(text(0, "body")).contains("6 flakes in 14 days");
    }
}
