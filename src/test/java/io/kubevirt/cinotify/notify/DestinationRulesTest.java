// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.VisibilityScope;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The own destinations of a repository, in place of the general ones. */
class DestinationRulesTest {
    private static final IncidentView LANE =
            SampleMessages.full(NotificationKind.OPENED).incident();
    private static final IncidentView REQUEST =
            SampleMessages.request(NotificationKind.OPENED).incident();

    private final DestinationRules rules = new DestinationRules(
            List.of(new DestinationConfig(
                    List.of("example/net"),
                    null,
                    Map.of(),
                    "net-ci",
                    Repository.parse("example/net-issues").orElseThrow(),
                    "net",
                    Visibility.PUBLIC)),
            JobConfig.EMPTY);

    private List<String> destinations(String channel, IncidentView incident, String... general) {
        return rules.destinations(channel, List.of(general), incident, VisibilityScope.PUBLIC);
    }

    @Test
    void theOwnDestinationsReplaceTheGeneralOnes() {
        assertThat(destinations("slack", LANE, "ci-alerts")).containsExactly("net-ci");
        assertThat(destinations("github", LANE, "example/ci", "example/net#117"))
                .containsExactly("example/net-issues", "example/net#117");
        assertThat(destinations("webhook", LANE, "pager", "net")).containsExactly("net");
        assertThat(destinations("jira", LANE, "CI")).containsExactly("CI");
    }

    @Test
    void aRequestForHelpStaysInItsConversationOnGitHubOnly() {
        assertThat(destinations("github", REQUEST, "example/net#117")).containsExactly("example/net#117");
        assertThat(destinations("slack", REQUEST, "ci-alerts")).containsExactly("net-ci");
        assertThat(destinations("webhook", REQUEST, "net")).containsExactly("net");
    }

    @Test
    void anOwnWebhookGetsOnlyItsKindsAndAreas() {
        assertThat(destinations("webhook", LANE, "pager")).isEmpty();
    }
}
