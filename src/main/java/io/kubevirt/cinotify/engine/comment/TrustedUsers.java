// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubUsers;
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
final class TrustedUsers {

    /** Somebody who leaves the organisation must not call people for long. */
    private static final Duration POSITIVE_TTL = Duration.ofHours(1);

    /** Somebody who has just joined tries again. */
    private static final Duration NEGATIVE_TTL = Duration.ofMinutes(5);

    private static final int MAX_ENTRIES = 1_000;

    private record Known(boolean trusted, Instant until) {}

    private final GitHubUsers users;
    private final InstantSource clock;

    private final Map<String, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    TrustedUsers(GitHubUsers people, InstantSource clock) {
        this.users = people;
        this.clock = clock;
    }

    /** @throws GitHubException if GitHub does not say */
    boolean isTrusted(Repository repository, String login) throws GitHubException {
        String key = repository + " " + login.toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        Known before = known.get(key);
        if (before != null && before.until().isAfter(now)) {
            return before.trusted();
        }
        boolean trusted = users.isMember(repository.org(), login) || users.isCollaborator(repository, login);
        known.put(key, new Known(trusted, now.plus(trusted ? POSITIVE_TTL : NEGATIVE_TTL)));
        return trusted;
    }
}
