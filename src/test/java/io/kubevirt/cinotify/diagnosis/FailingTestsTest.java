// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.Routing.GroupNames;
import io.kubevirt.cinotify.routing.RoutingRule;
import io.kubevirt.cinotify.routing.SigNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailingTestsTest {

    private static final String MIGRATION =
            "[rfe_id:393][crit:high][sig-compute] Live Migration should cancel a migration";

    private static final Diagnoser DIAGNOSER = new Diagnoser(
            PluginJobNames.NONE,
            JobConfig.EMPTY,
            new Routing(
                    new GroupNames(
                            new SigNames(
                                    Set.of("compute", "network", "storage", "control-plane"),
                                    Map.of("operator", "control-plane")),
                            Set.of("support", "operations"),
                            "ci.example.org"),
                    List.of(new RoutingRule(
                            "named",
                            Pattern.compile("sig-(?P<sig>[a-z-]+)"),
                            List.of(),
                            List.of(),
                            List.of(),
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            null,
                            null,
                            null,
                            RoutingRule.CAPTURED_SIG,
                            "operations",
                            null,
                            "the name has the tag")),
                    Map.of(),
                    new Route(
                            "compute",
                            "support",
                            Cause.TEST,
                            RouteSource.DEFAULT,
                            Routing.DEFAULT_RULE,
                            "nothing",
                            Confidence.LOW)),
            Map.of(Cause.INFRASTRUCTURE, "operations"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[sig-network] reaches a VM | network",
                "[crit:high][vendor:x@example.org][sig-network][level:component] late in the name [sig-network] |"
                        + " network",
                "[SIG-Network] in capitals | network",
                "[sig-operator] upgrades | control-plane",
                "[sig-compute-migrations] evicts | compute",
            })
    void theTagOfATestDecidesItsSigWhateverTheLane(String test, String sig) {
        Diagnosis diagnosis = diagnose("pull-e2e-sig-storage", test);

        assertThat(diagnosis.sig()).isEqualTo(sig);
        assertThat(diagnosis.rule()).isEqualTo("failing-tests");
        assertThat(diagnosis.cause()).isEqualTo(Cause.TEST);
        assertThat(diagnosis.area()).as("the default area").isEqualTo("support");
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void theSigOfMostTestsWinsAndTheOthersAreMentioned() {
        Diagnosis diagnosis = diagnose(
                "pull-e2e-sig-storage",
                MIGRATION,
                "[sig-network] one",
                "[sig-network] two",
                "untagged",
                "[sig-operator] x");

        assertThat(diagnosis.sig()).isEqualTo("network");
        assertThat(diagnosis.trace())
                .endsWith(
                        "rule named alone would give storage",
                        "rule failing-tests: 2 of 5 failing tests are tagged for network, others for compute (1),"
                                + " control-plane (1)");
    }

    @Test
    void withATieTheSigNamedFirstWins() {
        assertThat(diagnose("job", "[sig-network] one", MIGRATION).sig()).isEqualTo("network");
        assertThat(diagnose("job", MIGRATION, "[sig-network] one").sig()).isEqualTo("compute");
    }

    @Test
    void aTestOfTwoSigsCountsForBothButOnlyOnce() {
        Diagnosis diagnosis = diagnose("job", "[sig-network][sig-storage][sig-network] hotplug", "[sig-storage] disk");

        assertThat(diagnosis.sig()).isEqualTo("storage");
        assertThat(diagnosis.trace().getLast())
                .endsWith("2 of 2 failing tests are tagged for storage, others for network (1)");
    }

    @ParameterizedTest
    @CsvSource({"untagged test", "[sig-unheard-of] test", "[sig-] test", "sig-network without brackets"})
    void withoutAKnownTagTheJobDecides(String test) {
        assertThat(diagnose("pull-e2e-sig-storage", test)).isEqualTo(diagnose("pull-e2e-sig-storage"));
    }

    @ParameterizedTest
    @CsvSource({
        "[SynchronizedBeforeSuite]",
        "[BeforeSuite] [sig-network] set up",
        "Tests Suite.[AfterSuite]",
        "[ReportAfterSuite] Autogenerated",
    })
    void aSuiteFailureIsSetupAndBelongsToTheLane(String name) {
        Diagnosis diagnosis = diagnose("pull-e2e-sig-storage", name);

        assertThat(diagnosis.cause()).isEqualTo(Cause.SETUP);
        assertThat(diagnosis.sig()).isEqualTo("storage");
        assertThat(diagnosis.rule()).isEqualTo("named");
        assertThat(diagnose("pull-e2e-sig-storage", name, MIGRATION).sig())
                .as("a suite failure does not count if a test failed")
                .isEqualTo("compute");
    }

    @Test
    void prowsDescriptionTakesPrecedenceOverTheTests() {
        JobRun run = JobRun.builder("pull-e2e-sig-storage", JobType.PRESUBMIT, JobState.ERROR)
                .description("Pod scheduling timeout.")
                .build();

        assertThat(DIAGNOSER.diagnose(run, new FailingTests(List.of(MIGRATION))).sig())
                .isEqualTo(Diagnosis.NO_SIG);
    }

    private static Diagnosis diagnose(String job, String... tests) {
        JobRun run = JobRun.builder(job, JobType.PRESUBMIT, JobState.FAILURE)
                .description("Job failed.")
                .build();
        return DIAGNOSER.diagnose(run, new FailingTests(List.of(tests)));
    }
}
