// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.outbox.OutboxModel.Fix;
import io.kubevirt.cinotify.outbox.OutboxModel.Result;
import io.kubevirt.cinotify.outbox.OutboxModel.Scenario;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every interleaving of a small scope: two messages, two replicas, a kill, a takeover, lost, late and lagging calls. */
class OutboxModelTest {
    private static final Logger LOG = Logger.getLogger(OutboxModelTest.class);

    private static final Scenario NEW =
            new Scenario("new", List.of(NotificationKind.OPENED, NotificationKind.CHANGED), false, 1);
    private static final Scenario CLOSING = new Scenario("closing", List.of(NotificationKind.RESOLVED), true, 2);
    private static final Scenario RETURN =
            new Scenario("return", List.of(NotificationKind.RESOLVED, NotificationKind.CHANGED), true, 1);
    private static final Scenario ESCALATED = new Scenario("escalated", List.of(NotificationKind.ESCALATED), true, 1);

    static List<Scenario> scenarios() {
        return List.of(NEW, CLOSING, RETURN, ESCALATED);
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
        "VISIBILITY_DELAY, new, a message is visible twice"
    })
    void withoutAFixItsFaultIsFound(Fix removed, String scenario, String violation) {
        Scenario explored = scenarios().stream()
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
