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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.util.List;

/** A rehearsal from the incident to the message, to whoever asks for it. */
final class DrillClerk {

    private final Knowledge knowledge;
    private final IncidentDesk desk;

    DrillClerk(Knowledge knowledge, IncidentDesk desk) {
        this.knowledge = knowledge;
        this.desk = desk;
    }

    Reply drill(Facts facts) {
        String person = facts.comment().author();
        String place = facts.conversation().place();
        Diagnosis diagnosis = new Diagnosis(
                Cause.CONFIG,
                Diagnosis.NO_SIG,
                knowledge.supportArea(),
                Confidence.HIGH,
                "drill",
                List.of("this is a drill: nothing is broken"));
        IncidentDesk.Raised raised = desk.raise(new Call(
                "drill " + place + " " + person + " " + facts.now().getEpochSecond(),
                "DRILL: nothing is broken",
                diagnosis,
                "DRILL: " + person + " rehearses on " + place + "; nothing is broken",
                List.of(),
                facts.comment(),
                person));
        Sheet sheet = knowledge.sheet(facts);
        String told = new Words(sheet).told(raised, facts.now());
        sheet.answer("**drill**: " + told + ". Only you are told.")
                .because(raised.to().reasons())
                .next("/ci-notify ack " + raised.incident(), "answers as one would")
                .next("/ci-notify resolve " + raised.incident(), "ends it");
        return Reply.done(sheet, "drill: " + told);
    }
}
