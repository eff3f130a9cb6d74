// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.PULL;
import static io.kubevirt.cinotify.engine.comment.CommentTestPlugin.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.GitHubFault;
import io.kubevirt.cinotify.fixture.PullPayload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comments that hook could not deliver are read from GitHub, each once. */
class CommentSyncTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final AtomicBoolean gap = new AtomicBoolean();
    private CommentTestPlugin plugin;
    private CommentSync sync;

    @BeforeEach
    void begin() throws Exception {
        plugin = new CommentTestPlugin(folder);
        plugin.writes("somebody", "looks good");
        restart();
        plugin.now = plugin.now.plus(HOUR);
    }

    @AfterEach
    void end() {
        plugin.close();
    }

    private void restart() {
        sync = plugin.sync(() -> gap.getAndSet(false));
    }

    private CommentPayload missed(String event, long id, String body, Instant at) {
        return plugin.github
                .world()
                .wrote(
                        REPOSITORY,
                        CommentPayload.of(event, body)
                                .id(id)
                                .by("trusted-person", "User")
                                .at(at));
    }

    private void syncs() {
        sync.tick();
        plugin.work();
    }

    private List<String> reads() {
        return plugin.github.requests().stream()
                .filter(request -> request.contains("?sort=updated&direction=asc"))
                .toList();
    }

    @Test
    void commentsAndReviewsMissedDuringDowntimeAreAnsweredOnce() {
        plugin.github.world().pull(new PullPayload(REPOSITORY, PULL, plugin.now));
        CommentPayload comment = missed("issue_comment", 101, "/ci-notify prow it is stuck", plugin.now.minus(MINUTE));
        missed("pull_request_review_comment", 102, "/ci-notify operations a node is gone", plugin.now.minus(MINUTE));
        missed("pull_request_review", 103, "/ci-notify sig-network please look", plugin.now.minus(MINUTE));
        missed("issue_comment", 104, "no command", plugin.now.minus(MINUTE));

        syncs();
        assertThat(plugin.notifications).hasSize(3);
        assertThat(plugin.reactions())
                .contains("comments/101: +1", "comments/102: +1")
                .noneMatch(reaction -> reaction.contains("104"));

        for (int restart = 0; restart < 3; restart++) {
            restart();
            syncs();
        }
        String late = plugin.sent("issue_comment", comment);
        plugin.work();

        assertThat(plugin.outcome(late)).isEqualTo("duplicate");
        assertThat(plugin.notifications).hasSize(3);
        assertThat(plugin.sentReplies).hasSize(3);
    }

    @Test
    void aCommentThatWasDeliveredIsNotAnsweredAgain() {
        Instant at = plugin.now;
        String delivered = plugin.happens(
                "issue_comment",
                CommentPayload.of("issue_comment", "/ci-notify prow").by("trusted-person", "User"));
        missed("issue_comment", 43, "/ci-notify prow", at);
        plugin.now = plugin.now.plus(HOUR);

        syncs();

        assertThat(plugin.outcome(delivered)).isEqualTo("notified");
        assertThat(plugin.outcome("issue_comment/" + REPOSITORY + "/43")).isEqualTo("duplicate");
        assertThat(plugin.notifications).hasSize(1);
        assertThat(plugin.sentReplies).hasSize(1);
        assertThat(plugin.reactions().stream().filter(reaction -> reaction.contains("+1")))
                .hasSize(1);
    }

    @Test
    void anEditedCommentIsNoCommand() {
        plugin.github
                .world()
                .wrote(
                        REPOSITORY,
                        CommentPayload.of("issue_comment", "/ci-notify prow")
                                .id(101)
                                .by("trusted-person", "User")
                                .at(plugin.now.minus(MINUTE.multipliedBy(2)))
                                .edited(plugin.now.minus(MINUTE)));
        syncs();
        assertThat(plugin.sentReplies).isEmpty();
    }

    @Test
    void aReviewCommentIsPublishedWithItsReview() {
        plugin.github.world().pull(new PullPayload(REPOSITORY, PULL, plugin.now));
        Instant published = plugin.now.minus(MINUTE);
        missed("pull_request_review", 103, "see below", published);
        CommentPayload draft = CommentPayload.of("pull_request_review_comment", "/ci-notify prow")
                .id(102)
                .by("trusted-person", "User")
                .at(published.minus(Duration.ofHours(5)))
                .edited(published);
        draft.json().withObject("/comment").put("pull_request_review_id", 103);
        plugin.github.world().wrote(REPOSITORY, draft);

        syncs();

        assertThat(plugin.notifications).hasSize(1);
    }

    @Test
    void commentsBeforeTheFirstEventOrOfLongAgoAreNotRead() {
        missed("issue_comment", 101, "/ci-notify prow", plugin.now.minus(HOUR.multipliedBy(2)));
        plugin.now = plugin.now.plus(Duration.ofDays(5));
        missed("issue_comment", 102, "/ci-notify prow", plugin.now.minus(Duration.ofDays(4)));
        syncs();
        assertThat(plugin.sentReplies).isEmpty();
    }

    @Test
    void onlyRepositoriesThatSendCommentEventsAreRead() {
        plugin.now = plugin.now.plus(Duration.ofDays(8));
        syncs();
        assertThat(reads()).isEmpty();
    }

    @Test
    void aRepositoryIsReadOnceAnHourAndAtOnceAfterAGap() {
        syncs();
        plugin.now = plugin.now.plus(MINUTE);
        syncs();
        assertThat(reads()).hasSize(2);

        missed("issue_comment", 101, "/ci-notify prow", plugin.now);
        gap.set(true);
        syncs();
        assertThat(plugin.notifications).hasSize(1);
    }

    @Test
    void aReadIsBoundedAndTheNextOneContinues() {
        for (int id = 1; id <= 1_500; id++) {
            missed(
                    "issue_comment",
                    1_000 + id,
                    "looks good",
                    plugin.now.minus(HOUR).plusSeconds(2L * id));
        }
        missed("issue_comment", 101, "/ci-notify prow", plugin.now.minus(MINUTE));

        syncs();
        assertThat(reads()).hasSize(11);
        assertThat(plugin.notifications).isEmpty();
        syncs();

        assertThat(plugin.notifications).hasSize(1);
        assertThat(reads()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void aFailedReadIsRepeatedAfterMinutes() {
        missed("issue_comment", 101, "/ci-notify prow", plugin.now.minus(MINUTE));
        plugin.github.failReads(GitHubFault.status(502, "Bad Gateway"));
        syncs();
        plugin.github.clearFaults();
        syncs();
        assertThat(plugin.notifications).isEmpty();

        plugin.now = plugin.now.plus(Duration.ofMinutes(5));
        syncs();
        assertThat(plugin.notifications).hasSize(1);
    }
}
