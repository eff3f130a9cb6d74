// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

class StatusEventReaderTest {

    private static final Map<String, ObjectNode> SAMPLES = new ConcurrentHashMap<>();

    static final StatusEventReader READER = new StatusEventReader(
            new RunUrlReader(TrustedHosts.of(List.of("prow.ci.kubevirt.io"), List.of("kubevirt-prow"))));

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aFailedPresubmitIsParsedCompletely() {
        JobRun run = run(sample("status-presubmit-failure"));
        assertThat(run)
                .isEqualTo(JobRun.builder("pull-kubevirt-e2e-k8s-1.36-sig-compute", JobType.PRESUBMIT, JobState.FAILURE)
                        .repository(Repository.of("kubevirt/kubevirt"))
                        .pulls(List.of(new Pull(14890, null, "6dcb09b5b57875f334f61aebed695e2e4193db5e")))
                        .description("Job failed.")
                        .build(
                                "1958104739485028352",
                                "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/kubevirt_kubevirt/14890/"
                                        + "pull-kubevirt-e2e-k8s-1.36-sig-compute/1958104739485028352")
                        .times(new RunTimes(null, null, Instant.parse("2026-08-20T10:42:07Z")))
                        .visibility(Visibility.PUBLIC)
                        .baseSha("9049f1265b7d61be4a8904a9a27120d2064dab3b")
                        .build());
    }

    @Test
    void aRunUnderLogsIsAPostsubmitSincePeriodicsWriteNoStatuses() {
        JobRun run = run(sample("status-postsubmit-success"));
        assertThat(run.type()).isEqualTo(JobType.POSTSUBMIT);
        assertThat(run.state()).isEqualTo(JobState.SUCCESS);
        assertThat(run.repository()).isEqualTo(Repository.of("kubevirt/project-infra"));
        assertThat(run.pulls()).isEmpty();
        assertThat(run.baseRef()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "status-presubmit-pending, PENDING",
        "status-presubmit-aborted, ABORTED",
        "status-presubmit-error, ERROR"
    })
    void theJobStateFollowsFromGitHubsStateAndTheDescription(String sample, JobState state) {
        assertThat(run(sample(sample)).state()).isEqualTo(state);
    }

    @Test
    void aRunningRunHasNotCompleted() {
        assertThat(run(sample("status-presubmit-pending")).times())
                .isEqualTo(new RunTimes(null, Instant.parse("2026-08-20T08:12:30Z"), null));
    }

    @ParameterizedTest
    @CsvSource({
        "status-presubmit-triggered, NO_ADDRESS",
        "status-overridden, OVERRIDDEN",
        "status-override-cancelled, OVERRIDE_CANCELLED",
        "status-tide, TIDE",
        "status-dco, FOREIGN_ADDRESS"
    })
    void aStatusThatIsNoRunHasAReason(String sample, NotARunReason reason) {
        assertThat(reason(sample(sample))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        success | Overridden by a-person [prow:skip-retest]   | OVERRIDDEN
        success | Skipped                                     | SKIPPED
        success | Skipped.                                    | SKIPPED
        success | Context retired without replacement.        | CONTEXT_RETIRED
        success | Context retired. Status moved to "other".   | CONTEXT_RETIRED
        failure | The Travis CI build failed                  | UNKNOWN_DESCRIPTION
        failure | ''                                          | UNKNOWN_DESCRIPTION
        failure | Job succeeded.                              | UNKNOWN_DESCRIPTION
        pending | Job failed.                                 | UNKNOWN_DESCRIPTION
        queued  | Job failed.                                 | MALFORMED
        ''      | Job failed.                                 | MALFORMED
        """)
    void theUrlOfARunDoesNotMakeAStatusARun(String state, String description, NotARunReason reason) {
        ObjectNode payload =
                sample("status-presubmit-failure").put("state", state).put("description", description);
        assertThat(reason(payload)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "https://travis-ci.com/kubevirt/kubevirt/builds/1, FOREIGN_ADDRESS",
        "https://prow.ci.kubevirt.io/view/gs/other/logs/job/1, UNTRUSTED_BUCKET",
        "https://prow.ci.kubevirt.io/rerun, UNREADABLE_ADDRESS",
        "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/../1, UNREADABLE_ADDRESS",
        "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/batch/job/1, BATCH",
        "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/kubevirt_kubevirtci/1/job/1, OTHER_REPOSITORY",
        "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/nmstate_kubevirt/job/1, OTHER_REPOSITORY"
    })
    void prowsDescriptionDoesNotMakeAStatusARun(String address, NotARunReason reason) {
        assertThat(reason(sample("status-presubmit-failure").put("target_url", address)))
                .isEqualTo(reason);
    }

    @Test
    void theExplanationQuotesTheDescriptionOnOneShortLine() {
        ObjectNode payload = sample("status-presubmit-failure").put("description", "Some\nwords " + "x".repeat(5_000));
        RunParseResult.NotARun reading = (RunParseResult.NotARun) READER.read(payload);
        assertThat(reading.explanation())
                .startsWith("not a description that Prow writes for state failure: \"Some words xxx")
                .hasSizeLessThan(250)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "name", "context", "commit", "branches", "created_at", "organization", "sender", "sha"})
    void optionalFieldsMayBeAbsent(String field) {
        ObjectNode payload = sample("status-presubmit-failure");
        JobRun whole = run(payload);
        assertThat(run(payload.without(field)).state()).isEqualTo(whole.state());
        assertThat(run(payload.putNull(field)).times()).isEqualTo(whole.times());
    }

    @Test
    void anEventWithoutARepositoryIsMalformed() {
        assertThat(reason(sample("status-presubmit-failure").without("repository")))
                .isEqualTo(NotARunReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kubevirt", "a/b/c", "../project-infra", "kubevirt/..", "kubevirt/<b>"})
    void anInvalidRepositoryNameIsMalformed(String fullName) {
        ObjectNode payload = sample("status-postsubmit-success");
        ((ObjectNode) payload.path("repository")).put("full_name", fullName);
        assertThat(reason(payload)).isEqualTo(NotARunReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "+999999999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "", "1755686527"})
    void anInvalidTimeIsUnknown(String time) {
        ObjectNode payload =
                sample("status-presubmit-failure").put("updated_at", time).put("created_at", time);
        assertThat(run(payload).times()).isEqualTo(RunTimes.UNKNOWN);
    }

    @Test
    void anInvalidShaIsUnknown() {
        JobRun run = run(sample("status-presubmit-failure").put("sha", "main"));
        assertThat(run.pulls()).containsExactly(Pull.numbered(14890));
    }

    private static JobRun run(JsonNode payload) {
        RunParseResult reading = READER.read(payload);
        assertThat(reading).isInstanceOf(RunParseResult.Run.class);
        return ((RunParseResult.Run) reading).run();
    }

    private static NotARunReason reason(JsonNode payload) {
        RunParseResult reading = READER.read(payload);
        assertThat(reading).isInstanceOf(RunParseResult.NotARun.class);
        return ((RunParseResult.NotARun) reading).reason();
    }

    static ObjectNode sample(String name) {
        return SAMPLES.computeIfAbsent(name, StatusEventReaderTest::parseSample).deepCopy();
    }

    private static ObjectNode parseSample(String name) {
        try (InputStream stream = StatusEventReaderTest.class.getResourceAsStream("/github/" + name + ".json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(stream, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
