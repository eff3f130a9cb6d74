// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static io.kubevirt.cinotify.incident.NotificationKind.CHANGED;
import static io.kubevirt.cinotify.incident.NotificationKind.ESCALATED;
import static io.kubevirt.cinotify.incident.NotificationKind.OPENED;
import static io.kubevirt.cinotify.incident.NotificationKind.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.outbox.OutboxModel.Fix;
import io.kubevirt.cinotify.outbox.OutboxModel.Result;
import io.kubevirt.cinotify.outbox.OutboxModel.Scenario;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every interleaving of a small scope: up to three messages, two replicas, a kill, a takeover, lost, late and lagging calls. */
class OutboxModelTest {
    private static final Logger LOG = Logger.getLogger(OutboxModelTest.class);

    private static final List<Scenario> SCENARIOS = List.of(
            new Scenario("new", List.of(OPENED, CHANGED), false, true, 1, 1),
            new Scenario("closing", List.of(RESOLVED), true, true, 1, 2),
            new Scenario("return", List.of(RESOLVED, CHANGED), true, true, 1, 1),
            new Scenario("escalated", List.of(ESCALATED), true, true, 1, 1),
            new Scenario("unclear", List.of(RESOLVED, CHANGED), true, true, 2, 0),
            new Scenario("unreachable", List.of(OPENED, RESOLVED, CHANGED), false, true, 1, 0),
            new Scenario("webhook", List.of(OPENED, RESOLVED, CHANGED), false, false, 1, 1),
            new Scenario("resolved webhook", List.of(OPENED, CHANGED, RESOLVED), false, false, 1, 1));

    static List<Scenario> scenarios() {
        return SCENARIOS;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyMessageIsVisibleOnceAndInTheEndTheNewestState(Scenario scenario) {
        Result result = explore(scenario, Fix.NONE);

        assertThat(result.violations()).isEmpty();
        assertThat(result.endings()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "READ_BACK, return, an old state stays visible",
        "COMMENT_BEFORE_EDIT, closing, a message is visible twice",
        "DOUBT_FROM_WRITE, new, a message is visible twice",
        "CLAIM_CHECK, new, a message is visible twice",
        "VISIBILITY_DELAY, new, a message is visible twice",
        "UNCLEAR_LOOKUP, new, a message is visible twice",
        "UNCLEAR_READ_BACK, unclear, an old state stays visible",
        "FIRST_AS_OPENED, unreachable, an open incident is first shown as something else than opened",
        "FIRST_AS_OPENED, webhook, an open incident is first shown as something else than opened",
        "NO_OVERTAKING, webhook, a message is visible twice",
        "NO_OVERTAKING, resolved webhook, a message is visible twice"
    })
    void withoutAFixItsFaultIsFound(Fix removed, String scenario, String violation) {
        Scenario explored = SCENARIOS.stream()
                .filter(candidate -> candidate.name().equals(scenario))
                .findFirst()
                .orElseThrow();

        assertThat(explore(explored, removed).violations()).containsKey(violation);
    }

    private static Result explore(Scenario scenario, Fix removed) {
        Result result = new OutboxModel(scenario, removed).explore();
        LOG.infof(
                "scenario %s without %s: %d states, %d endings, %d in the window, violations %s",
                scenario.name(),
                removed,
                result.states(),
                result.endings(),
                result.windows(),
                result.violations().keySet());
        return result;
    }
}
