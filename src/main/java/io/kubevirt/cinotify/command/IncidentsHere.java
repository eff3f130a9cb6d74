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

import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of the open incidents a conversation is about. */
final class IncidentsHere {

    private final Facts facts;

    IncidentsHere(Facts facts) {
        this.facts = facts;
    }

    /** Those that were told here; else those that touch the pull request. */
    List<IncidentView> spokenOf() {
        List<IncidentView> said = open().stream()
                .filter(view -> facts.saidHere().contains(view.id()))
                .toList();
        return said.isEmpty() ? touching() : said;
    }

    /** Those that hit this pull request. */
    List<IncidentView> touching() {
        Conversation here = facts.conversation();
        return here.pull()
                ? inRepository().stream()
                        .filter(view -> view.pulls().contains(here.number()))
                        .toList()
                : List.of();
    }

    /** Those of this repository. */
    List<IncidentView> inRepository() {
        String repository = facts.conversation().repository().fullName().toLowerCase(Locale.ROOT);
        return open().stream()
                .filter(view -> view.latest() != null && view.latest().repository() != null
                        ? view.latest().repository().toLowerCase(Locale.ROOT).equals(repository)
                        : view.title().toLowerCase(Locale.ROOT).contains(repository))
                .toList();
    }

    /** The open incident that a job belongs to. */
    List<IncidentView> ofJob(String job) {
        return inRepository().stream()
                .filter(view -> view.lanes().contains(job))
                .toList();
    }

    /** All, newest first. */
    List<IncidentView> open() {
        return facts.incidents().stream()
                .filter(view -> view.state() == IncidentState.OPEN)
                .sorted(Comparator.comparing(IncidentView::openedAt).reversed())
                .toList();
    }
}
