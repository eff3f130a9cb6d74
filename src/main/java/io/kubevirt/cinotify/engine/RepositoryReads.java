// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads from GitHub what webhooks may have missed: each repository at once and then at an interval, and some minutes
 * after a failure. Logs a failure once, and its end.
 */
public final class RepositoryReads {
    private static final Logger LOG = Logger.getLogger(RepositoryReads.class);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(5);

    private final String what;
    private final Reader reader;
    private final PublicNames names;
    private final InstantSource clock;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentSkipListMap<>();

    /** @param what what is read, for messages */
    public RepositoryReads(String what, Reader reader, PublicNames names, InstantSource clock) {
        this.what = what;
        this.reader = reader;
        this.names = names;
        this.clock = clock;
    }

    @FunctionalInterface
    public interface Reader {
        /** Reads a repository and stores the result; returns the time until the next read. */
        Duration read(Repository repository, Instant now) throws GitHubException;
    }

    /** Reads the repositories that are due, and forgets all others. */
    public void readDue(Collection<Repository> repositories) {
        errors.keySet().removeIf(name -> repositories.stream()
                .noneMatch(each -> each.fullName().equals(name)));
        repositories.stream().filter(this::isDue).forEach(this::read);
    }

    /** Every repository is due again, for example because another replica may lead meanwhile. */
    public void reset() {
        errors.clear();
        due.clear();
    }

    /** The failures that last, one a line; empty if there are none. */
    public String problem() {
        return errors.values().stream().collect(Collectors.joining("\n"));
    }

    private boolean isDue(Repository repository) {
        Instant at = due.get(repository.fullName());
        return at == null || !clock.instant().isBefore(at);
    }

    private void read(Repository repository) {
        String name = repository.fullName();
        Instant now = clock.instant();
        try {
            due.put(name, now.plus(reader.read(repository, now)));
            if (errors.remove(name) != null) {
                LOG.infof(
                        "reading the %s of %s from GitHub works again",
                        what, names.isPublic(repository) ? name : "a repository that is not public");
            }
        } catch (GitHubException e) {
            Instant next = now.plus(e.retryAfter().compareTo(RETRY_DELAY) > 0 ? e.retryAfter() : RETRY_DELAY);
            due.put(name, next);
            String sentence = names.failure("cannot read the " + what, name, repository, e)
                    + "; only webhooks report them, retrying at " + next;
            if (errors.put(name, sentence) == null) {
                LOG.warn(sentence);
            }
        }
    }
}
