// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProwJobReaderTest {

    private static final Map<String, ObjectNode> SAMPLES = new ConcurrentHashMap<>();

    static final Instant NOW = Instant.parse("2026-08-20T12:00:00Z");
    static final ProwJobReader READER = new ProwJobReader(
            new RunUrlReader(TrustedHosts.of(List.of("prow.ci.kubevirt.io"), List.of("kubevirt-prow"))));

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aWholePresubmitIsReadWithItsPullRequest() {
        JobRun run = run(sample("presubmit"));
        assertThat(run)
                .isEqualTo(JobRun.builder("pull-kubevirt-e2e-k8s-1.36-sig-compute", JobType.PRESUBMIT, JobState.FAILURE)
                        .repository(Repository.of("kubevirt/kubevirt"))
                        .baseRef("main")
                        .pulls(List.of(new Pull(14890, "someone", "6dcb09b5b57875f334f61aebed695e2e4193db5e")))
                        .cluster("prow-workloads")
                        .description("Job failed.")
                        .prowJob("4f6f9a0e-7a3b-4f0c-9d57-0c2f5f3f8a11")
                        .build(
                                "1958104739485028352",
                                "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/kubevirt_kubevirt/14890/"
                                        + "pull-kubevirt-e2e-k8s-1.36-sig-compute/1958104739485028352")
                        .times(new RunTimes(
                                Instant.parse("2026-08-20T08:10:02Z"),
                                Instant.parse("2026-08-20T08:12:30Z"),
                                Instant.parse("2026-08-20T10:42:07Z")))
                        .labels(run.labels())
                        .annotations(run.annotations())
                        .baseSha("7fd1a60b01f91b314f59955a4e4d4e80d8edf11d")
                        .build());
        assertThat(run.labels()).containsEntry("prow.k8s.io/is-optional", "true");
        assertThat(run.annotations()).containsEntry("prow.k8s.io/context", "pull-kubevirt-e2e-k8s-1.36-sig-compute");
        assertThat(run.isFinal()).isTrue();
    }

    @Test
    void aPeriodicBelongsToTheFirstOfItsExtraRefs() {
        JobRun run = run(sample("periodic"));
        assertThat(run.type()).isEqualTo(JobType.PERIODIC);
        assertThat(run.repository()).isEqualTo(Repository.of("kubevirt/kubevirt"));
        assertThat(run.baseRef()).isEqualTo("release-1.8");
        assertThat(run.pulls()).isEmpty();
    }

    @Test
    void aPeriodicWithoutAnyRefsIsALaneByItsJobAlone() {
        ObjectNode periodic = sample("periodic");
        spec(periodic).remove("extra_refs");
        assertThat(run(periodic).lane()).isEqualTo(new Lane(null, "periodic-kubevirt-e2e-k8s-1.36-sig-network"));
    }

    @Test
    void aBatchTestsSeveralPullRequests() {
        ObjectNode batch = sample("presubmit");
        spec(batch).put("type", "batch");
        spec(batch).withObject("/refs").withArray("pulls").addObject().put("number", 14901);
        assertThat(run(batch).pulls()).extracting(Pull::number).containsExactly(14890, 14901);
        assertThat(run(batch).type()).isEqualTo(JobType.BATCH);
    }

    @Test
    void anItemOfDeckReadsTheSameWithoutLabels() {
        ObjectNode item = sample("presubmit");
        item.withObject("/metadata").remove(List.of("labels", "annotations"));
        spec(item).remove(List.of("pod_spec", "decoration_config"));
        assertThat(run(item))
                .usingRecursiveComparison()
                .ignoringFields("labels", "annotations")
                .isEqualTo(run(sample("presubmit")));
        assertThat(run(item).labels()).isEmpty();
    }

    @Test
    void theNameIsNeverTakenFromTheLabelThatIsCutAt63Characters() {
        String name = "rehearsal-" + "periodic-".repeat(9) + "x";
        ObjectNode prowJob = sample("periodic");
        spec(prowJob).remove("job");
        prowJob.withObject("/metadata/labels").put("prow.k8s.io/job", name.substring(0, 63));
        prowJob.withObject("/metadata/annotations").put("prow.k8s.io/job", name);
        assertThat(run(prowJob).job()).isEqualTo(name);
    }

    @Test
    void aNameOf300CharactersIsTakenWhole() {
        ObjectNode prowJob = sample("periodic");
        spec(prowJob).put("job", "j".repeat(300));
        prowJob.withObject("/metadata").put("name", "n".repeat(300));
        assertThat(run(prowJob).job()).hasSize(300);
        assertThat(run(prowJob).prowJob()).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"build_id", "url", "pendingTime", "completionTime", "startTime", "description"})
    void absentFieldsStayUnknown(String field) {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").remove(field);
        assertThat(run(prowJob).state()).isEqualTo(JobState.FAILURE);
        assertThat(run(prowJob).times().started())
                .as("the creation time replaces a missing start time")
                .isNotNull();
        assertThat(run(prowJob).buildId())
                .as("the build id comes from the page")
                .isEqualTo("1958104739485028352");
    }

    @Test
    void aRunWithoutPodHasNeitherBuildNorPage() {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").remove(List.of("build_id", "url", "pendingTime", "completionTime"));
        prowJob.withObject("/status").put("state", "triggered").put("description", "");
        assertThat(run(prowJob).buildId()).isNull();
        assertThat(run(prowJob).url()).isNull();
        assertThat(run(prowJob).prowJob()).isEqualTo("4f6f9a0e-7a3b-4f0c-9d57-0c2f5f3f8a11");
        assertThat(run(prowJob).isFinal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/view/gs/kubevirt-prow/logs/job/1",
                "javascript:alert(1)",
                "https://prow.ci.kubevirt.io/view/gs/other-bucket/logs/job/1"
            })
    void anUntrustedUrlIsDroppedAndTheRunCounts(String address) {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").put("url", address);
        assertThat(run(prowJob).url()).isNull();
        assertThat(run(prowJob).buildId()).isEqualTo("1958104739485028352");
    }

    @Test
    void abortedIsFinalOnlyOnceItHasCompleted() {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").put("state", "aborted");
        assertThat(run(prowJob).isFinal()).isTrue();
        prowJob.withObject("/status").remove("completionTime");
        assertThat(run(prowJob).state()).isEqualTo(JobState.ABORTED);
        assertThat(run(prowJob).isFinal()).isFalse();
    }

    @Test
    void futureTimesBecomeTheTimeOfObservation() {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").put("completionTime", "2031-01-01T00:00:00Z");
        assertThat(run(prowJob).times().completed()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "/status, state, exploded, UNKNOWN_STATE",
        "/status, state, '', UNKNOWN_STATE",
        "/spec, type, weekly, UNKNOWN_TYPE",
        "/spec, type, '', UNKNOWN_TYPE",
        "/spec, job, 'a job <b>', MALFORMED",
        "/spec, job, .., MALFORMED",
        "/spec, job, a/../b, MALFORMED"
    })
    void aProwJobThatIsNoRunHasAReason(String object, String field, String value, NotARunReason reason) {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject(object).put(field, value);
        assertThat(READER.read(prowJob, NOW)).isInstanceOfSatisfying(RunParseResult.NotARun.class, not -> {
            assertThat(not.reason()).isEqualTo(reason);
            assertThat(not.explanation()).contains(value);
        });
    }

    @Test
    void aJobOfJenkinsMayHaveFoldersInItsName() {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/spec").put("agent", "jenkins").put("job", "pingcap/tidb/release-8.5/pull_build");

        assertThat(run(prowJob).job()).isEqualTo("pingcap/tidb/release-8.5/pull_build");
    }

    @Test
    void anEmptyResourceIsNotARun() {
        assertThat(READER.read(JSON.createObjectNode(), NOW)).isInstanceOf(RunParseResult.NotARun.class);
        assertThat(READER.read(JSON.nullNode(), NOW)).isInstanceOf(RunParseResult.NotARun.class);
    }

    @Test
    void theProwJobOfAnOverrideIsNotARun() {
        ObjectNode prowJob = sample("presubmit");
        prowJob.withObject("/status").remove(List.of("build_id", "pendingTime"));
        prowJob.withObject("/status")
                .put("state", "success")
                .put("description", "Overridden by someone")
                .put("url", "https://github.com/kubevirt/kubevirt/pull/14890#issuecomment-1");
        assertThat(READER.read(prowJob, NOW))
                .isInstanceOfSatisfying(RunParseResult.NotARun.class, not -> assertThat(not.reason())
                        .isEqualTo(NotARunReason.OVERRIDDEN));
    }

    private static ObjectNode spec(ObjectNode prowJob) {
        return prowJob.withObject("/spec");
    }

    private static JobRun run(ObjectNode prowJob) {
        return ((RunParseResult.Run) READER.read(prowJob, NOW)).run();
    }

    static ObjectNode sample(String name) {
        return SAMPLES.computeIfAbsent(name, ProwJobReaderTest::parseSample).deepCopy();
    }

    private static ObjectNode parseSample(String name) {
        String path = "/prowjobs/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(ProwJobReaderTest.class.getResourceAsStream(path), path)) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
