// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubDestinationResolverTest {

    private static GitHubConfig rules(boolean always, GitHubConfig.Comments comments) {
        return new GitHubConfig(new GitHubConfig.Issues("example/ci", always, null, null, null), null, comments, 2);
    }

    private static final GitHubConfig DEFAULT = rules(false, GitHubConfig.Comments.NEVER);

    @Test
    void aPresubmitLaneIsNotPostedOnGitHubUnlessConfigured() {
        Notification lane = SampleMessages.full(NotificationKind.OPENED);

        assertThat(GitHubDestinationResolver.resolve(lane, DEFAULT)).isEmpty();
        assertThat(GitHubDestinationResolver.resolve(lane, rules(true, GitHubConfig.Comments.NEVER)))
                .containsExactly("example/ci");
        assertThat(GitHubDestinationResolver.resolve(lane, rules(false, GitHubConfig.Comments.BLOCKING)))
                .containsExactly("example/net#101", "example/net#105");
        assertThat(GitHubDestinationResolver.resolve(lane, GitHubConfig.DISABLED))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(NotificationKind.class)
    void anIncidentWithoutPullRequestsIsAnIssueForItsWholeLife(NotificationKind kind) {
        assertThat(GitHubDestinationResolver.resolve(SampleMessages.bare(kind), DEFAULT))
                .containsExactly("example/ci");
    }

    @ParameterizedTest
    @CsvSource({"OPENED, 2", "FOLDED, 2", "RESOLVED, 3", "ESCALATED, 0", "REMINDED, 0"})
    void pullRequestsGetTheBeginningAndTheEndOnly(NotificationKind kind, int destinations) {
        assertThat(GitHubDestinationResolver.resolve(
                        SampleMessages.full(kind), rules(false, GitHubConfig.Comments.ALWAYS)))
                .hasSize(destinations);
    }

    @Test
    void anIncidentWithAConversationIsPostedThereAndNowhereElse() {
        IncidentView lane = SampleMessages.full(NotificationKind.OPENED).incident();
        IncidentView bump = new IncidentView(
                lane.id(),
                IncidentKind.BUMP,
                lane.title(),
                lane.state(),
                lane.diagnosis(),
                lane.blocking(),
                lane.lanes(),
                lane.openedAt(),
                null,
                1,
                List.of(),
                null,
                lane.why(),
                lane.responsible(),
                null,
                null,
                null,
                "example/net#117",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        Notification notification = SampleMessages.full(NotificationKind.OPENED);

        assertThat(GitHubDestinationResolver.resolve(
                        new Notification(
                                notification.id(),
                                notification.kind(),
                                notification.decidedAt(),
                                notification.at(),
                                bump,
                                notification.to(),
                                ""),
                        rules(true, GitHubConfig.Comments.ALWAYS)))
                .containsExactly("example/net#117");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example/net", "example/net#1", "example/net#1/99"})
    void aDestinationIsParsedAsItIsWritten(String destination) {
        assertThat(GitHubDestination.parse(destination))
                .map(GitHubDestination::toString)
                .contains(destination);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "net", "a/b/c", "a/b#", "a/b#x", "a/b#1/", "a/b#1/x", "a/b#1/2/3", "a/b#99999999999"})
    void anInvalidDestinationIsEmpty(String destination) {
        assertThat(GitHubDestination.parse(destination)).isEmpty();
    }

    @Test
    void aMarkerCannotEndItsComment() {
        String text = Markers.add("text", "ci-notify:x --> @all", "ci-notify:root");

        assertThat(text).isEqualTo("text\n\n<!-- ci-notify:x_-___@all -->\n<!-- ci-notify:root -->");
        assertThat(Markers.has(text, "ci-notify:x --> @all")).isTrue();
        assertThat(Markers.has(text.replace("\n", "\r\n"), "ci-notify:root")).isTrue();
        assertThat(Markers.has(text, "ci-notify:ro")).isFalse();
        assertThat(Markers.has("<!-- ci-notify:root -->\nwords after it", "ci-notify:root"))
                .isFalse();
    }
}
