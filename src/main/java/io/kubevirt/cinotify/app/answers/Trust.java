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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubPeople;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prow's trust rule (prow-contract §9): a member of the organisation, else a collaborator of the repository. What GitHub
 * said is believed for a while. Not safe for several threads.
 */
final class Trust {

    /** Somebody who leaves the organisation must not call people for long. */
    private static final Duration BELIEVED = Duration.ofHours(1);

    /** Somebody who has just joined tries again. */
    private static final Duration DOUBTED = Duration.ofMinutes(5);

    private static final int MOST = 1_000;

    private record Known(boolean trusted, Instant until) {}

    private final GitHubPeople people;
    private final InstantSource clock;

    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    Trust(GitHubPeople people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /** @throws GitHubFailure if GitHub does not say */
    boolean isTrusted(Repository repository, String login) throws GitHubFailure {
        String key = repository + " " + login.toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        Known before = known.get(key);
        if (before != null && before.until().isAfter(now)) {
            return before.trusted();
        }
        boolean trusted = people.isMember(repository.org(), login) || people.isCollaborator(repository, login);
        known.put(key, new Known(trusted, now.plus(trusted ? BELIEVED : DOUBTED)));
        return trusted;
    }
}
