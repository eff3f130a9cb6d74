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
package io.kubevirt.cinotify.notice.template;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Doubt;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.incident.policy.RedRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.roster.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** A message with the same text from outside in every field that has words. */
public record HostileMessage(String x) {

    private static final Instant THEN = Instant.parse("2026-11-16T09:30:00Z");

    public Message message() {
        return message(MessageKind.OPENED);
    }

    public Message message(MessageKind kind) {
        IncidentView incident = new IncidentView(
                "inc-1",
                CaseKind.LANE,
                x,
                IncidentState.OPEN,
                new Diagnosis(
                        Cause.TEST,
                        x,
                        x,
                        Confidence.HIGH,
                        x,
                        List.of(x, Diagnosis.reason(x, x)),
                        new Symptoms(x, List.of(x, x), "https://example.org/" + x, List.of(x, x), 9, x),
                        new Doubt(x, x),
                        new Known(x, x, "https://example.org/" + x, LocalDate.of(2026, 12, 24), true)),
                true,
                List.of(x, x),
                THEN,
                null,
                3,
                List.of(1, 2),
                x,
                x,
                x,
                x,
                null,
                new RedRun(x, x, JobType.PRESUBMIT, 1, x, "https://example.org/" + x, x, THEN));
        Addressee to = new Addressee(x, Level.PRIMARY, THEN, x, false, List.of(x));
        return new Message("inc-1-" + kind.word(), kind, THEN, THEN, incident, to, x);
    }
}
