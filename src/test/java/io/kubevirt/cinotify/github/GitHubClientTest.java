// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.VirtualTime;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands ask GitHub for. */
class GitHubClientTest {

    private static final Repository NET = Repository.of("example/net");

    private final FakeGitHub github = new FakeGitHub();
    private GitHubApi api;
    private Path token;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        github.world().repository("example/net", "sig/net").pull("example/net", 117, "author", "abc");
        token = Files.writeString(folder.resolve("token"), "good-token");
        api = new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(token),
                false,
                Duration.ofMinutes(1),
                new VirtualTime()));
    }

    @AfterEach
    void close() {
        api.close();
        github.close();
    }

    @Test
    void membersAndCollaboratorsAreChecked() throws Exception {
        github.world().member("example", "Ada").collaborator("example/net", "bob");
        GitHubUsers people = new GitHubUsers(api);

        assertThat(people.self()).isEqualTo("ci-bot");
        assertThat(people.isMember("example", "ada")).isTrue();
        assertThat(people.isMember("example", "mallory")).isFalse();
        assertThat(people.isCollaborator(NET, "bob")).isTrue();
        assertThat(people.isAssignable(NET, "mallory")).isFalse();
    }

    @Test
    void aTokenThatTheServerEchoesIsCensoredAndARotatedOneIsUsedAtOnce() throws Exception {
        GitHubPullRequests pulls = new GitHubPullRequests(api);
        github.failReads(GitHubFault.status(422, "bad Bearer good-token"));
        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> pulls.get(NET, 117))
                .withMessageContaining("bad Bearer [secret]")
                .satisfies(e -> assertThat(e.toString()).doesNotContain("good-token"));

        github.clearFaults();
        github.accepts(authorization -> authorization.equals("Bearer rotated-token"));
        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> pulls.get(NET, 117))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(GitHubException.Kind.RETRY_LATER));
        Files.writeString(token, "rotated-token");
        assertThat(pulls.get(NET, 117).number()).isEqualTo(117);
    }

    @Test
    void aNameCannotChangeThePath() throws Exception {
        new GitHubUsers(api).isMember("example", "../../user");
        new GitHubUsers(api).isMember("example", "..");

        assertThat(github.requests())
                .containsExactly("GET /orgs/example/members/..%2F..%2Fuser", "GET /orgs/example/members/%2E%2E");
    }

    @Test
    void aPullRequestIsRead() throws Exception {
        assertThat(new GitHubPullRequests(api).get(NET, 117))
                .isEqualTo(new GitHubPullRequests.PullRequest(
                        117, "open", false, false, "author", "A change", "abc", "branch", "author", "main"));
        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> new GitHubPullRequests(api).get(NET, 118))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(GitHubException.Kind.NOT_FOUND));
    }

    @Test
    void allStatusesAreReadPageByPage() throws Exception {
        IntStream.range(0, 150).forEach(n -> github.world().status("example/net", "abc", "job-" + n, "failure"));

        List<GitHubPullRequests.Status> statuses = new GitHubPullRequests(api).statuses(NET, "abc");

        assertThat(statuses).hasSize(150).doesNotHaveDuplicates();
        assertThat(statuses.getFirst())
                .isEqualTo(new GitHubPullRequests.Status(
                        "job-0", "failure", "Job failure", "https://prow.example.org/view/gs/ci/job-0"));
        assertThat(new GitHubPullRequests(api).statuses(NET, "none")).isEmpty();
    }

    @Test
    void aCommentFarBackIsFound() throws Exception {
        IntStream.range(0, 230).forEach(n -> github.world().addComment("example/net", 117, "somebody", "comment " + n));

        Optional<GitHubIssues.Comment> found = new GitHubIssues(api)
                .comment(NET, 117, null, comment -> comment.body().equals("comment 225"));

        assertThat(found).map(GitHubIssues.Comment::author).contains("somebody");
    }

    @Test
    void reactionsAndLabelsAreSet() throws Exception {
        GitHubIssues issues = new GitHubIssues(api);
        long comment = github.world().addComment("example/net", 117, "author", "/ci-notify");

        issues.react(NET, 117, "eyes");
        issues.reactToComment(NET, comment, "+1");
        issues.reactToReviewComment(NET, 5, "confused");
        issues.addLabels(NET, 117, new GitHubLabels(api).existing(NET, Set.of("SIG/net", "made-up")));

        assertThat(github.world().reactions("example/net"))
                .containsExactly("117: eyes", "comments/" + comment + ": +1", "comments/5: confused");
        assertThat(issues.issue(NET, 117).labels()).containsExactly("sig/net");
        assertThat(issues.issue(NET, 117).pull()).isTrue();
    }

    @Test
    void labelsAreListedOnceInAWhile() throws Exception {
        GitHubLabels labels = new GitHubLabels(api);
        labels.existing(NET, Set.of("sig/net"));
        labels.existing(NET, Set.of("sig/net"));

        assertThat(github.requests()).hasSize(1);
    }

    @Test
    void anIdempotentWriteIsRetriedLater() {
        github.failNextWrite(GitHubFault.status(502, "bad gateway"));

        assertThatExceptionOfType(GitHubException.class)
                .isThrownBy(() -> new GitHubIssues(api).react(NET, 117, "eyes"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(GitHubException.Kind.RETRY_LATER));
    }
}
