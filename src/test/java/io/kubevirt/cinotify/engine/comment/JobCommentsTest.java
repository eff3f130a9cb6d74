// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.HEAD;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.PULL;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From a pull request to the job configuration to the one comment on it. */
@Timeout(120)
class JobCommentsTest {

    private static final String FILE = "config/jobs/a.yaml";
    private static final String NONE = "presubmits: {}\n";
    private static final String NEW_JOB = """
        presubmits:
          kubevirt/kubevirt:
          - name: pull-kubevirt-e2e-k8s-1.36-sig-network
            always_run: true
        """;

    @TempDir
    private Path folder;

    private CommentTestPlugin plugin;

    @AfterEach
    void close() {
        plugin.close();
    }

    private void open(String jobs) throws IOException, InvalidConfigException {
        Path config = Files.createDirectory(folder.resolve("config"));
        for (String file : List.of("OWNERS_ALIASES", "sigs.yaml", "ci-notify.yaml", "ci-operations-group.md")) {
            String text = Files.readString(Path.of("config", file));
            Files.writeString(config.resolve(file), text.replace("\ncommands:\n", "\ncommands:\n" + jobs));
        }
        plugin = new CommentTestPlugin(folder, (URI github) -> config);
        plugin.github.world().files(REPOSITORY, "main", Map.of(FILE, NONE, "other/b.yaml", NONE));
        changes(NEW_JOB);
    }

    private void changes(String jobs) {
        plugin.github.world().files(REPOSITORY, HEAD, Map.of(FILE, jobs, "other/b.yaml", "not: [YAML"));
    }

    private static String settings(boolean comment) {
        return "  jobs: {repository: kubevirt/kubevirt, path: config/jobs, comment: " + comment + "}\n";
    }

    private String pushes() {
        return plugin.happens(
                "pull_request", CommentPayload.of("pull_request", "").action("synchronize"));
    }

    @Test
    void aPushIsCommentedOnceAndTheCommentIsEdited() throws IOException, InvalidConfigException {
        open(settings(true));
        String first = pushes();
        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .contains(
                        "`pull-kubevirt-e2e-k8s-1.36-sig-network`",
                        "new; SIG `network`",
                        "blocks merging",
                        "`dhiller`"));
        assertThat(plugin.outcome(first)).isEqualTo("notified");

        assertThat(plugin.outcome(pushes())).as("nothing new").isEqualTo("no-change-for-people");

        plugin.github.world().pull(REPOSITORY, PULL, "pr-author", "b0b");
        plugin.github.world().files(REPOSITORY, "b0b", Map.of(FILE, NONE));
        pushes();
        assertThat(plugin.comments()).singleElement().satisfies(text -> assertThat(text)
                .contains("This pull request changes no owner, no schedule and no blocking of a job."));
        assertThat(plugin.github.requests().stream().filter(request -> request.contains("other")))
                .as("outside of the job configuration")
                .isEmpty();
    }

    @Test
    void nothingIsWrittenByItselfWithoutTheSettingButOnRequest() throws IOException, InvalidConfigException {
        open(settings(false));
        assertThat(plugin.outcome(pushes())).isEqualTo("not-created");
        assertThat(plugin.comments()).isEmpty();

        plugin.writes("somebody", "/ci-notify jobs");
        assertThat(plugin.lastComment())
                .startsWith("@somebody: what this pull request changes")
                .contains("SIG `network`");
        int requests = plugin.github.requests().size();
        plugin.writes("somebody", "/ci-notify jobs");
        assertThat(plugin.github.requests().stream().skip(requests).filter(request -> request.contains("/contents/")))
                .as("each commit is read once")
                .isEmpty();
    }

    @Test
    void anOpenedPullRequestWithACommandInItsDescriptionIsCommentedOnToo() throws IOException, InvalidConfigException {
        open(settings(true).replace("kubevirt/kubevirt", "KubeVirt/kubevirt"));
        plugin.happens("pull_request", CommentPayload.of("pull_request", "/ci-notify who"));
        assertThat(plugin.comments()).hasSize(2);
        assertThat(plugin.lastComment()).contains("what this pull request changes", "SIG `network`");

        pushes();
        assertThat(plugin.comments()).as("edited").hasSize(2);
    }

    @Test
    void aDescriptionWithACommandGetsNoOtherCommentIfNothingChangesForAnybody()
            throws IOException, InvalidConfigException {
        open(settings(true));
        changes(NONE + "# a comment\n");
        plugin.happens("pull_request", CommentPayload.of("pull_request", "/ci-notify who"));
        assertThat(plugin.comments()).singleElement().asString().contains("on duty now");
    }

    static Stream<Arguments> tooMuch() {
        String large = "#".repeat(999_999) + "\n";
        return Stream.of(
                Arguments.of(300, "other/%d.go", "x", "the pull request changes 300 files or more."),
                Arguments.of(51, "config/jobs/%d.yaml", NONE, "more than 50 files of jobs."),
                Arguments.of(5, "config/jobs/%d.yaml", large, "more than 4000000 characters, before and after."));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void whatIsOverALimitIsExplainedAndNotReadAgain(int number, String path, String content, String why)
            throws IOException, InvalidConfigException {
        open(settings(true));
        plugin.github
                .world()
                .files(
                        REPOSITORY,
                        HEAD,
                        IntStream.range(0, number).boxed().collect(Collectors.toMap(path::formatted, each -> content)));
        plugin.github.world().files(REPOSITORY, "main", Map.of());
        assertThat(plugin.outcome(pushes())).isEqualTo("no-change-for-people");
        int requests = plugin.github.requests().size();

        plugin.writes("somebody", "/ci-notify jobs");

        assertThat(plugin.lastComment()).contains("the changed files could not be read: ", why);
        assertThat(plugin.github.requests().stream().skip(requests))
                .noneMatch(request -> request.contains("/compare/") || request.contains("/contents/"));
    }

    @Test
    void aChangeForNobodyIsSilent() throws IOException, InvalidConfigException {
        open(settings(true));
        changes(NONE + "# a comment\n");
        assertThat(plugin.outcome(pushes())).isEqualTo("no-change-for-people");
        assertThat(plugin.comments()).isEmpty();
    }

    @Test
    void withoutAccessToTheFilesNothingIsWrittenByItself() throws IOException, InvalidConfigException {
        open(settings(true));
        plugin.github.failReads(GitHubFault.status(500, "boom"));
        assertThat(plugin.outcome(pushes())).isEqualTo("no-change-for-people");
        plugin.writes("somebody", "/ci-notify jobs");
        assertThat(plugin.lastComment()).contains("the changed files could not be read: GitHub returned an error.");
    }

    @Test
    void withoutASettingTheCommandNamesIt() throws IOException, InvalidConfigException {
        open("");
        plugin.writes("somebody", "/ci-notify jobs");
        assertThat(plugin.lastComment()).contains("`commands.jobs`");
    }
}
