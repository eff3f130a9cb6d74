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
package io.kubevirt.cinotify.store;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.incident.Finding;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.OwnThresholds;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.incident.policy.RunFinished;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunTimes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored comes back as it was, today's nulls included. */
class DocumentsTest {

    private static final JobRun LEAST =
            JobRun.of("periodic", JobType.PERIODIC, JobState.TRIGGERED).build();

    private static final JobRun MOST = JobRun.of("pull-e2e", JobType.BATCH, JobState.ABORTED)
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
            CaseKind.SILENT_PROW,
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
            null);

    private static final Input RAN = new Input.Ran(
            NOON,
            new RunFinished(
                    "periodic 1",
                    new Finding(MOST, Examples.diagnosis(), true, Finding.Origin.PAST),
                    new OwnThresholds(3, NOON, true)));

    static Stream<Object> documents() {
        IncidentView incident = Examples.incident("2", NOON);
        return Stream.of(
                LEAST,
                MOST,
                BARE,
                incident,
                Examples.resolved(incident, NOON.plusMillis(7)),
                Examples.message(MessageKind.OPENED, BARE, NOON),
                Examples.message(MessageKind.RESOLVED, incident, NOON),
                RAN,
                new Input.Learned(NOON, "periodic 1", Examples.diagnosis()),
                new Input.Raised(
                        NOON,
                        new Problem(
                                CaseKind.NODE, "node n1", "n1", Examples.diagnosis(), true, "why", List.of("lane"))),
                new Input.Cleared(NOON, "node n1", "gone"),
                new Input.Resolved(NOON, "1", "somebody"));
    }

    @Test
    void whatHappenedIsReadWithoutKnowingWhatItWas() {
        assertThat(Documents.read(Documents.write(RAN), Input.class)).isEqualTo(RAN);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aRecordComesBackEqual(Object document) {
        assertThat(Documents.read(Documents.write(document), document.getClass()))
                .isEqualTo(document);
    }

    @Test
    void aTraceComesBackEqual() {
        List<String> trace = List.of("", "a \"b\"", "\n");

        assertThat(Documents.readLines(Documents.write(trace))).isEqualTo(trace);
    }

    @Test
    void whatANewerVersionAddsIsPassedOver() {
        String newer = Documents.write(BARE).replaceFirst("\\{", "{\"since-2027\":{\"a\":[1]},");

        assertThat(Documents.read(newer, IncidentView.class)).isEqualTo(BARE);
    }

    @Test
    void whatCannotBeReadSaysSo() {
        assertThatThrownBy(() -> Documents.read("{", Message.class)).hasMessage("cannot read a stored Message");
        assertThatThrownBy(() -> Documents.readLines("{}")).hasMessage("cannot read a stored trace");
    }
}
