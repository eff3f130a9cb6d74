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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.RedRun;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an incident is told: in its own conversation if it has one, in one issue if no pull request is its place, else
 * quietly. What decides this stays the same as long as an incident lives, so that its end is told where its beginning was.
 */
final class GitHubPlaces {

    /** So many pull requests are looked after when there is something to change in what stands there. */
    private static final int MOST_TO_CHANGE = 100;

    private GitHubPlaces() {}

    static List<String> of(Message message, GitHubRules rules) {
        IncidentView incident = message.incident();
        if (incident.conversation() != null) {
            return List.of(incident.conversation());
        }
        List<String> places = new ArrayList<>();
        boolean ofPulls = incident.kind() == CaseKind.LANE && !incident.pulls().isEmpty();
        if (rules.issues() != null && (!ofPulls || rules.always())) {
            places.add(rules.issues().fullName());
        }
        if (wantsComments(incident, rules)) {
            places.addAll(pulls(message, rules.mostComments()));
        }
        return places;
    }

    private static boolean wantsComments(IncidentView incident, GitHubRules rules) {
        return switch (rules.comments()) {
            case NEVER -> false;
            case BLOCKING -> incident.blocking();
            case ALWAYS -> true;
        };
    }

    /** Authors are told once, and of the end; nobody reminds them of what is not theirs. */
    private static List<String> pulls(Message message, int most) {
        int bound =
                switch (message.kind()) {
                    case OPENED, FOLDED -> most;
                    case RESOLVED, CHANGED -> MOST_TO_CHANGE;
                    case ESCALATED, REMINDED, HANDOFF, DIGEST -> 0;
                };
        IncidentView incident = message.incident();
        return repository(incident).stream()
                .flatMap(repository -> incident.pulls().stream().limit(bound).map(pull -> place(repository, pull)))
                .toList();
    }

    private static Optional<Repository> repository(IncidentView incident) {
        return Optional.ofNullable(incident.latest()).map(RedRun::repository).flatMap(Repository::parse);
    }

    private static String place(Repository repository, int pull) {
        return GitHubPlace.conversation(repository, pull).toString();
    }
}
