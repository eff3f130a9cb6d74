// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.Kind;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import io.kubevirt.cinotify.routing.Cause;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class FeedbackTableTest {

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    @Test
    void incidentsAreCountedByRuleOnceHoweverManyPeopleSaySo() {
        TestStore database = kind.in(folder);
        List<DiagnosisFeedback> reports = List.of(
                feedback("1", "Ann", "image-pull", Kind.WRONG_CAUSE),
                feedback("1", "ann", "image-pull", Kind.WRONG_CAUSE),
                feedback("1", "bob", "image-pull", Kind.WRONG_CAUSE),
                feedback("1", "bob", "image-pull", Kind.NOT_OURS),
                feedback("2", "bob", "image-pull", Kind.WRONG_CAUSE),
                feedback("3", "bob", "deploy", Kind.NOT_OURS));
        database.store().inTransaction(transaction -> {
            reports.forEach(transaction.feedback()::add);
            return true;
        });

        assertThat(database.store()
                        .<List<RuleCount>>read(
                                transaction -> transaction.feedback().byRule()))
                .containsExactly(new RuleCount("image-pull", 2, 1), new RuleCount("deploy", 0, 1))
                .extracting(RuleCount::sentence)
                .first()
                .isEqualTo("rule image-pull: wrong cause 2, not ours 1 (often: change the rule)");
        assertThat(database.store()
                        .<List<DiagnosisFeedback>>read(
                                transaction -> transaction.feedback().all()))
                .hasSize(5)
                .contains(reports.getLast());
    }

    private static DiagnosisFeedback feedback(String incident, String person, String rule, Kind kind) {
        return new DiagnosisFeedback(
                NOON,
                person,
                kind,
                incident,
                "7",
                "pull-lab",
                rule,
                Cause.INFRASTRUCTURE,
                "none",
                "operations",
                "image-pull: quay.io/lab/a");
    }
}
