// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");
    private static final Symptoms SYMPTOMS = new Symptoms("disk: full", List.of(), null, List.of(), 0, "node1");
    private static final KnownIssueMatch KNOWN =
            new KnownIssueMatch("cache", "somebody", "https://example.org/1", LocalDate.of(2026, 7, 15), true);

    @ParameterizedTest
    @CsvSource({
        "TEST, storage, support, false",
        "SETUP, storage, support, true",
        "TEST, network, support, true",
        "TEST, storage, prow, true"
    })
    void anotherCauseSigOrAreaHasAnotherOwner(String cause, String sig, String area, boolean differs) {
        Diagnosis other = new Diagnosis(Cause.valueOf(cause), sig, area, Confidence.LOW, "other", List.of());

        assertThat(other.ownerDiffersFrom(diagnosis(null, null))).isEqualTo(differs);
    }

    @Test
    void symptomsOrAKnownIssueAreMoreEvidenceThanNone() {
        Diagnosis none = diagnosis(null, null);
        Diagnosis shown = diagnosis(SYMPTOMS, null);
        Diagnosis known = diagnosis(null, KNOWN);

        assertThat(shown.hasMoreEvidenceThan(none)).isTrue();
        assertThat(known.hasMoreEvidenceThan(none)).isTrue();
        assertThat(known.hasMoreEvidenceThan(shown)).isTrue();
        assertThat(shown.hasMoreEvidenceThan(known)).isTrue();
        assertThat(none.hasMoreEvidenceThan(none)).isFalse();
        assertThat(none.hasMoreEvidenceThan(shown)).isFalse();
        assertThat(shown.hasMoreEvidenceThan(shown)).isFalse();
        assertThat(known.hasMoreEvidenceThan(known)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"storage, true", "none, false", "multi, false"})
    void noSigAndSeveralAreNone(String sig, boolean has) {
        assertThat(new Diagnosis(Cause.TEST, sig, "support", Confidence.LOW, "x", List.of()).hasSig())
                .isEqualTo(has);
    }

    @Test
    void aRecordOfAFailureHasWhatDistinguishesIt() {
        JobRun run = JobRun.builder("pull-e2e", JobType.PRESUBMIT, JobState.FAILURE)
                .repository(Repository.of("example/thing"))
                .pulls(List.of(new Pull(7, null, null)))
                .cluster("east")
                .build();
        JobRun periodic =
                JobRun.builder("nightly", JobType.PERIODIC, JobState.FAILURE).build();
        JobRun batch = JobRun.builder("pull-e2e", JobType.BATCH, JobState.FAILURE)
                .pulls(List.of(new Pull(7, null, null), new Pull(8, null, null)))
                .build();

        FailureRecord seen = FailureRecord.of("1", run, "west", diagnosis(SYMPTOMS, null), NOON);

        assertThat(seen)
                .isEqualTo(new FailureRecord(
                        "1", "example/thing", "pull-e2e", 7, "east", "node1", Cause.TEST, "disk: full", NOON));
        assertThat(seen.lane().repository()).isEqualTo(Repository.of("example/thing"));
        assertThat(seen.lane().job()).isEqualTo("pull-e2e");
        assertThat(FailureRecord.of("2", periodic, "west", diagnosis(null, null), NOON))
                .isEqualTo(new FailureRecord("2", null, "nightly", null, "west", null, Cause.TEST, "", NOON));
        assertThat(FailureRecord.of("2", periodic, "west", diagnosis(null, null), NOON)
                        .lane()
                        .repository())
                .isNull();
        assertThat(FailureRecord.of("3", batch, null, diagnosis(null, null), NOON)
                        .pull())
                .isNull();
    }

    private static Diagnosis diagnosis(@Nullable Symptoms symptoms, @Nullable KnownIssueMatch known) {
        return new Diagnosis(
                Cause.TEST, "storage", "support", Confidence.MEDIUM, "named", List.of(), symptoms, null, known);
    }
}
