// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.command.DispatcherFixture.ID;
import static io.kubevirt.cinotify.command.DispatcherFixture.MEMBER;
import static io.kubevirt.cinotify.command.DispatcherFixture.OUTSIDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies in a conversation about incidents that its readers must not see. */
class PrivateIncidentsTest {

    private static final String SECRET = "pull-secret-e2e";

    private final DispatcherFixture conversation = new DispatcherFixture();

    private void withheld() {
        IncidentView incident = conversation.incident(ID, SECRET, "network");
        conversation.incidents.remove(incident);
        conversation.withheld.add(incident);
    }

    @Test
    void explainDoesNotKnowIt() {
        withheld();

        assertThat(conversation.writes(OUTSIDER, "/ci-notify explain " + ID).markdown())
                .contains("is not a job, an open incident or the URL of a run")
                .doesNotContain(SECRET, MEMBER, "pull requests within a day", "network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "snooze", "resolve", "status"})
    void withoutAnIdNothingIsListed(String verb) {
        withheld();

        assertThat(conversation.writes(MEMBER, "/ci-notify " + verb).markdown())
                .contains("1 more in a private repository")
                .doesNotContain(SECRET, ID);
    }

    @Test
    void aMemberWhoKnowsTheIdChangesItWithoutDetails() {
        withheld();

        CommandResult result = conversation.writes(MEMBER, "/ci-notify ack " + ID);

        assertThat(conversation.appliedActions).containsExactly(new IncidentAction.Acknowledge(ID, MEMBER));
        assertThat(result.markdown())
                .contains("`" + ID + "`: changed as requested")
                .doesNotContain(SECRET, "pull requests within a day", "the name says so", "network");
        assertThat(result.logEntry().summary()).doesNotContain(SECRET);
    }

    @Test
    void toOthersItDoesNotExist() {
        withheld();

        String known = conversation.writes(OUTSIDER, "/ci-notify ack " + ID).markdown();

        assertThat(conversation.appliedActions).isEmpty();
        assertThat(known)
                .isEqualTo(new DispatcherFixture()
                        .writes(OUTSIDER, "/ci-notify ack 0123456789")
                        .markdown()
                        .replace("0123456789", ID));
    }

    @Test
    void theUrlOfARunExplainsNothing() {
        conversation.privateJobs.add(SECRET);

        assertThat(conversation
                        .writes(
                                OUTSIDER,
                                "/ci-notify explain https://prow.example.org/view/gs/bucket/pr-logs/pull/org_secret/1/"
                                        + SECRET + "/7")
                        .markdown())
                .doesNotContain("diagnosed as", "is notified");
    }

    @Test
    void theRepositoryIsComparedAsAWhole() {
        String own = "kubevirt/kubevirt";
        for (String title : List.of(own + ": lane", own + "-secret: lane", "cluster x, repository " + own + "ci")) {
            incidentWithTitle(title);
        }

        assertThat(conversation.writes(OUTSIDER, "/ci-notify status").markdown())
                .contains("lane")
                .doesNotContain("secret", "kubevirtci");
    }

    private void incidentWithTitle(String title) {
        IncidentView lane = conversation.incident(ID, "lane", "network");
        conversation.incidents.remove(lane);
        conversation.incidents.add(new IncidentView(
                lane.id(),
                lane.kind(),
                title,
                lane.state(),
                lane.diagnosis(),
                lane.blocking(),
                lane.lanes(),
                lane.openedAt(),
                null,
                lane.runs(),
                List.of(),
                null,
                lane.why(),
                lane.responsible(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }
}
