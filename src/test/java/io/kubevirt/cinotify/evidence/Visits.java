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
package io.kubevirt.cinotify.evidence;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.EvidenceRules;
import io.kubevirt.cinotify.diagnosis.Route;
import io.kubevirt.cinotify.diagnosis.Routing;
import io.kubevirt.cinotify.diagnosis.RoutingRule;
import io.kubevirt.cinotify.diagnosis.SigNames;
import io.kubevirt.cinotify.diagnosis.Vocabulary;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RuntimeNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run on a lane of storage, a diagnoser with the preset's rules for lines, and readers for tests. */
final class Visits {

    static final RunUrl RUN = new RunUrl(
            FakeArtifactStore.BUCKET,
            JobType.PRESUBMIT,
            new Repository("org", "repo"),
            7,
            "pull-e2e-sig-storage",
            "123");

    static final Bounds QUICK = Bounds.USUAL.within(Duration.ofMillis(300));

    static final Diagnoser DIAGNOSER = new Diagnoser(
            RuntimeNames.NONE,
            JobConfig.EMPTY,
            new Routing(
                    new Vocabulary(
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
                            RoutingRule.CAPTURED_SIG,
                            null,
                            null,
                            "the name says it")),
                    Map.of(),
                    new Route("compute", "support", Cause.TEST, Routing.DEFAULT_RULE, "nothing", Confidence.LOW)),
            Map.of(Cause.INFRASTRUCTURE, "operations", Cause.CONFIG, "prow"),
            new EvidenceRules(Preset.lineRules(), Pattern.compile("-e2e-"), "bare-metal", "operations"));

    private Visits() {}

    static EvidenceReader reader(Bounds bounds) {
        return new EvidenceReader(bounds, List.of("artifacts/junit.functest.xml"), InstantSource.system());
    }

    static Evidence read(FakeArtifactStore store) {
        return read(store, Bounds.USUAL);
    }

    static Evidence read(FakeArtifactStore store, Bounds bounds) {
        try (EvidenceReader reader = reader(bounds)) {
            return reader.read(new StoreAddress(store.address()), RUN);
        }
    }

    static Diagnosis diagnose(Evidence evidence) {
        return DIAGNOSER.diagnose(run(), evidence);
    }

    static JobRun run() {
        return JobRun.of(RUN.job(), JobType.PRESUBMIT, JobState.FAILURE)
                .description("Job failed.")
                .build(RUN.buildId(), RUN.page("https://prow.example.org"))
                .build();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
