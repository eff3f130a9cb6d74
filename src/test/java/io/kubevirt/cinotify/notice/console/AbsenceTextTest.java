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
package io.kubevirt.cinotify.notice.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.Incident;
import io.kubevirt.cinotify.incident.IncidentKey;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.Notice;
import io.kubevirt.cinotify.incident.NoticeKind;
import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where no run shows what is wrong. */
class AbsenceTextTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MISSING_RUN     | nightly    | OPENED  missing-run nightly        | the job nightly does not start when it should
                    STALLED_CLUSTER | big        | OPENED  stalled-cluster big        | the cluster big does not start the runs that wait
                    SILENT_PROW     | everywhere | OPENED  silent-prow everywhere     | Prow starts nothing on any cluster
                    """)
    void wordsSayWhatIsWrong(IncidentKind kind, String subject, String headline, String what) {
        String text = ConsoleText.said(notice(NoticeKind.OPENED, new IncidentKey(kind, subject)), List.of("because"));

        assertThat(text)
                .contains(headline)
                .contains(what)
                .contains("read as infrastructure, area operations")
                .contains("because")
                .doesNotContain("\n  run ");
    }

    @Test
    void itsEndNamesNoRunEither() {
        String text = ConsoleText.said(notice(NoticeKind.RESOLVED, IncidentKey.ofStalled("big")), List.of("because"));

        assertThat(text)
                .contains("RESOLVED  stalled-cluster big")
                .doesNotContain("\n  run ")
                .doesNotContain("red run");
    }

    private static Notice notice(NoticeKind kind, IncidentKey key) {
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE,
                Diagnosis.NO_SIG,
                "operations",
                Confidence.HIGH,
                key.kind().word(),
                List.of());
        Addressee addressee = new Addressee("somebody", Level.PRIMARY, NOON, null, false, List.of());
        Incident incident = new Incident(
                "id", key, IncidentState.OPEN, diagnosis, false, addressee, NOON, null, null, 0, List.of());
        return new Notice("id-" + kind.word(), kind, NOON, incident, null);
    }
}
