// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored comes back as it was, today's nulls included. */
class JsonColumnsTest {

    private static final JobRun LEAST =
            JobRun.builder("periodic", JobType.PERIODIC, JobState.TRIGGERED).build();

    private static final JobRun MOST = JobRun.builder("pull-e2e", JobType.BATCH, JobState.ABORTED)
            .repository(Repository.of("example/thing"))
            .baseRef("release-1.9")
            .pulls(List.of(new Pull(1, "somebody", "5b21773ba0ab6fe1f4dd94d82efe7b5b17b25e6b"), Pull.numbered(2)))
            .cluster("arm64")
            .description("\"quoted\" \\ \u2001 \u202e \ud83d\ude00 \u0000")
            .build("2036172662752940032", "https://prow.example.org/view")
            .times(new RunTimes(NOON, NOON.plusMillis(1), NOON.plusMillis(2)))
            .labels(Map.of("prow.k8s.io/type", "batch"))
            .annotations(Map.of("", "empty"))
            .build();

    private static final IncidentView BARE = new IncidentView(
            "1",
            IncidentKind.SILENT_PROW,
            "silent-prow everywhere",
            IncidentState.RETRACTED,
            Examples.diagnosis(),
            false,
            List.of(),
            NOON,
            null,
            0,
            List.of(),
            null,
            "",
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
            null,
            null);

    private static final IncidentEvent RAN = new IncidentEvent.RunFinished(
            NOON,
            new ObservedRun(
                    "periodic 1",
                    new DiagnosedRun(MOST, Examples.diagnosis(), true, DiagnosedRun.Origin.PAST, true),
                    new JobThresholds(3, NOON, true)));

    static Stream<Object> documents() {
        IncidentView incident = Examples.incident("2", NOON);
        return Stream.of(
                LEAST,
                MOST,
                BARE,
                incident,
                Examples.resolved(incident, NOON.plusMillis(7)),
                Examples.message(NotificationKind.OPENED, BARE, NOON),
                Examples.message(NotificationKind.RESOLVED, incident, NOON),
                RAN,
                new IncidentEvent.DiagnosisRevised(NOON, "periodic 1", Examples.diagnosis()),
                new IncidentEvent.ProblemRaised(
                        NOON,
                        new ReportedProblem(
                                IncidentKind.NODE,
                                "node n1",
                                "n1",
                                Examples.diagnosis(),
                                true,
                                "why",
                                List.of("lane"),
                                null)),
                new IncidentEvent.ProblemCleared(NOON, "node n1", "gone"),
                new IncidentEvent.IncidentResolved(NOON, "1", "somebody"));
    }

    @Test
    void whatHappenedIsReadWithoutKnowingWhatItWas() {
        assertThat(JsonColumns.read(JsonColumns.write(RAN), IncidentEvent.class))
                .isEqualTo(RAN);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aRecordComesBackEqual(Object document) {
        assertThat(JsonColumns.read(JsonColumns.write(document), document.getClass()))
                .isEqualTo(document);
    }

    @Test
    void aTraceComesBackEqual() {
        List<String> trace = List.of("", "a \"b\"", "\n");

        assertThat(JsonColumns.readLines(JsonColumns.write(trace))).isEqualTo(trace);
    }

    @Test
    void unknownFieldsAreIgnored() {
        String newer = JsonColumns.write(BARE).replaceFirst("\\{", "{\"since-2027\":{\"a\":[1]},");

        assertThat(JsonColumns.read(newer, IncidentView.class)).isEqualTo(BARE);
    }

    @Test
    void anUnreadableDocumentIsReported() {
        assertThatThrownBy(() -> JsonColumns.read("{", Notification.class))
                .hasMessage("cannot read a stored Notification");
        assertThatThrownBy(() -> JsonColumns.readLines("{}")).hasMessage("cannot read a stored trace");
    }
}
