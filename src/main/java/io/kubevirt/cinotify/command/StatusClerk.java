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

import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.util.List;

/** Shows what is open here. */
final class StatusClerk {

    private static final int MOST_SHOWN = 20;

    private final Knowledge knowledge;

    StatusClerk(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    Reply status(Facts facts) {
        IncidentsHere incidents = new IncidentsHere(facts);
        List<IncidentView> touching = incidents.spokenOf();
        List<IncidentView> others = incidents.inRepository().stream()
                .filter(view -> !touching.contains(view))
                .toList();
        Sheet sheet = knowledge.sheet(facts);
        if (touching.isEmpty() && others.isEmpty()) {
            sheet.answer("no incident is open that touches this conversation or its repository.");
            return Reply.done(sheet, "nothing is open");
        }
        sheet.answer(
                touching.isEmpty()
                        ? "no open incident touches this conversation itself."
                        : touching.size() + " open here:");
        list(sheet, touching);
        if (!others.isEmpty()) {
            sheet.paragraph("Elsewhere in the repository:");
            list(sheet, others);
        }
        sheet.next("/ci-notify explain ID", "shows why").next("/ci-notify ack ID", "if you see to it");
        return Reply.done(sheet, touching.size() + others.size() + " open");
    }

    private static void list(Sheet sheet, List<IncidentView> views) {
        sheet.bullets(
                views.stream().limit(MOST_SHOWN).map(new Words(sheet)::incident).toList());
        if (views.size() > MOST_SHOWN) {
            sheet.paragraph("… and " + (views.size() - MOST_SHOWN) + " more.");
        }
    }
}
