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
 * Prow's trust rule (prow-contract §9): a member of the organization, else a collaborator of the repository. Caches
 * GitHub's answers. Not thread-safe.
 */
final class TrustedUsers {

    /** Limits how long somebody who left the organization can notify people. */
    private static final Duration POSITIVE_TTL = Duration.ofHours(1);

    /** Somebody who has just joined can try again soon. */
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

    TrustedUsers(GitHubUsers users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    /** @throws GitHubException if GitHub cannot be asked */
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
