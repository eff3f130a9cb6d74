// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.EvidenceRules;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.RunDirectory;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.Routing.GroupNames;
import io.kubevirt.cinotify.routing.RoutingRule;
import io.kubevirt.cinotify.routing.SigNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run of a storage lane, a diagnoser with the log rules of the preset, and readers with limits for tests. */
final class EvidenceFixture {

    static final RunDirectory RUN = new RunDirectory(
            Bucket.parse(FakeArtifactStore.BUCKET), "pr-logs/pull/org_repo/7/pull-e2e-sig-storage/123");

    /** The default limits, but no timeout that a busy machine reaches. */
    static final ReadLimits LONG_TIMEOUT = ReadLimits.DEFAULT.withFileTimeout(Duration.ofMinutes(30));

    static final ReadLimits SHORT_TIMEOUT = ReadLimits.DEFAULT.withFileTimeout(Duration.ofMillis(300));

    static final Diagnoser DIAGNOSER = new Diagnoser(
            PluginJobNames.NONE,
            JobConfig.EMPTY,
            new Routing(
                    new GroupNames(
                            new SigNames(Set.of("compute", "network", "storage", "control-plane"), Map.of()),
                            Set.of("support", "operations", "bare-metal"),
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
                            null,
                            null,
                            "named after the SIG")),
                    Map.of(),
                    new Route(
                            "compute",
                            "support",
                            Cause.TEST,
                            RouteSource.DEFAULT,
                            Routing.DEFAULT_RULE,
                            "nothing",
                            Confidence.LOW)),
            Map.of(Cause.INFRASTRUCTURE, "operations", Cause.CONFIG, "prow"),
            new EvidenceRules(Preset.lineRules(), Pattern.compile("-e2e-"), "bare-metal", "operations"));

    static final ReadLimits TWO_JUNIT_FILES =
            new ReadLimits(1 << 20, 1 << 20, 1 << 20, 2, 1 << 10, 1 << 10, Duration.ofMinutes(30), Duration.ofHours(1));

    private EvidenceFixture() {}

    static EvidenceReader reader(ReadLimits limits) {
        return new EvidenceReader(limits, List.of("artifacts/junit.functest.xml"), InstantSource.fixed(Instant.EPOCH));
    }

    static Evidence read(FakeArtifactStore store) {
        return read(store, LONG_TIMEOUT);
    }

    static Evidence read(FakeArtifactStore store, ReadLimits limits) {
        try (EvidenceReader reader = reader(limits)) {
            return reader.read(ObjectStore.anonymous(new ObjectStoreEndpoint(store.address()), RUN.bucket()), RUN);
        }
    }

    static Diagnosis diagnose(Evidence evidence) {
        return DIAGNOSER.diagnose(run(), evidence);
    }

    static JobRun run() {
        return JobRun.builder("pull-e2e-sig-storage", JobType.PRESUBMIT, JobState.FAILURE)
                .description("Job failed.")
                .build("123", "https://prow.example.org/view/gs/" + RUN.bucket().name() + "/" + RUN.path())
                .build();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
