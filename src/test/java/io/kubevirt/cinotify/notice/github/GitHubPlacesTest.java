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
package io.kubevirt.cinotify.notice.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubPlacesTest {

    private static GitHubRules rules(boolean always, GitHubRules.Comments comments) {
        return new GitHubRules(Repository.of("example/ci"), always, List.of(), Map.of(), Map.of(), comments, 2);
    }

    private static final GitHubRules DEFAULT = rules(false, GitHubRules.Comments.NEVER);

    @Test
    void aLaneOfPullRequestsIsNotToldOnGitHubUnlessAskedFor() {
        Message lane = ExampleMessages.full(MessageKind.OPENED);

        assertThat(GitHubPlaces.of(lane, DEFAULT)).isEmpty();
        assertThat(GitHubPlaces.of(lane, rules(true, GitHubRules.Comments.NEVER)))
                .containsExactly("example/ci");
        assertThat(GitHubPlaces.of(lane, rules(false, GitHubRules.Comments.BLOCKING)))
                .containsExactly("example/net#101", "example/net#105");
        assertThat(GitHubPlaces.of(lane, GitHubRules.QUIET)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void whatHasNoPullRequestIsAnIssueFromItsBeginningToItsEnd(MessageKind kind) {
        assertThat(GitHubPlaces.of(ExampleMessages.bare(kind), DEFAULT)).containsExactly("example/ci");
    }

    @ParameterizedTest
    @CsvSource({"OPENED, 2", "FOLDED, 2", "RESOLVED, 3", "ESCALATED, 0", "REMINDED, 0"})
    void authorsHearOfTheBeginningAndTheEndOnly(MessageKind kind, int places) {
        assertThat(GitHubPlaces.of(ExampleMessages.full(kind), rules(false, GitHubRules.Comments.ALWAYS)))
                .hasSize(places);
    }

    @Test
    void whatIsAtHomeInAConversationIsToldThereAndNowhereElse() {
        IncidentView lane = ExampleMessages.full(MessageKind.OPENED).incident();
        IncidentView bump = new IncidentView(
                lane.id(),
                CaseKind.BUMP,
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
                "example/net#117");
        Message message = ExampleMessages.full(MessageKind.OPENED);

        assertThat(GitHubPlaces.of(
                        new Message(
                                message.id(),
                                message.kind(),
                                message.decidedAt(),
                                message.at(),
                                bump,
                                message.to(),
                                ""),
                        rules(true, GitHubRules.Comments.ALWAYS)))
                .containsExactly("example/net#117");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example/net", "example/net#1", "example/net#1/99"})
    void aPlaceIsReadAsItIsWritten(String place) {
        assertThat(GitHubPlace.parse(place)).map(GitHubPlace::toString).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "net", "a/b/c", "a/b#", "a/b#x", "a/b#1/", "a/b#1/x", "a/b#1/2/3", "a/b#99999999999"})
    void whatIsNoPlaceIsNone(String place) {
        assertThat(GitHubPlace.parse(place)).isEmpty();
    }

    @Test
    void aMarkerCannotBreakOutOfItsComment() {
        String text = Markers.add("text", "ci-notify:x --> @all", "ci-notify:root");

        assertThat(text).isEqualTo("text\n\n<!-- ci-notify:x_-___@all -->\n<!-- ci-notify:root -->");
        assertThat(Markers.has(text, "ci-notify:x --> @all")).isTrue();
        assertThat(Markers.has(text.replace("\n", "\r\n"), "ci-notify:root")).isTrue();
        assertThat(Markers.has(text, "ci-notify:ro")).isFalse();
        assertThat(Markers.has("<!-- ci-notify:root -->\nwords after it", "ci-notify:root"))
                .isFalse();
    }
}
