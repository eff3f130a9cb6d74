// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch.LedgerRequest;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubMerges;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.suspect.CompareAnswer;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Completes the ledger of merges from GitHub: the paths of a merge once, soon after it, and what an incident needs with at most
 * three calls. Messages never wait for it.
 */
@ApplicationScoped
public class LedgerSync {
    static final int MAX_CALLS = 3;

    private static final Logger LOG = Logger.getLogger(LedgerSync.class);
    private static final Duration NEW = Duration.ofHours(2);
    private static final int BATCH_SIZE = 10;
    private static final int MAX_REMEMBERED = 5_000;

    private final Store store;
    private final ConfigAgent config;
    private final IncidentService incidents;
    private final Optional<GitHubMerges> github;
    private final InstantSource clock;
    private final Set<String> asked = new HashSet<>();
    /** They count for the incident that asked. */
    private final Set<String> compared = new HashSet<>();

    private final Map<String, Integer> calls = new HashMap<>();

    @Inject
    LedgerSync(
            Store store, ConfigAgent config, IncidentService incidents, GitHubConnection github, InstantSource clock) {
        this(store, config, incidents, github.api().map(GitHubMerges::new), clock);
    }

    /** @param github empty without GitHub credentials */
    LedgerSync(
            Store store,
            ConfigAgent config,
            IncidentService incidents,
            Optional<GitHubMerges> github,
            InstantSource clock) {
        this.store = store;
        this.config = config;
        this.incidents = incidents;
        this.github = github;
        this.clock = clock;
    }

    @Scheduled(every = "30s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = config.get();
        if (github.isEmpty() || !current.file().suspects().enabled() || !incidents.isLeader()) {
            return;
        }
        if (asked.size() + compared.size() + calls.size() > MAX_REMEMBERED) {
            asked.clear();
            compared.clear();
            calls.clear();
        }
        Instant from = clock.instant().minus(NEW);
        store.read(transaction -> transaction.merges().withoutPaths(from)).stream()
                .filter(pull -> !asked.contains(pull.name()) && !compared.contains(pull.name()))
                .filter(pull -> current.jobs().all().stream()
                        .anyMatch(job -> job.repository() != null
                                && job.repository().fullName().equals(pull.repository())))
                .limit(BATCH_SIZE)
                .forEach(this::readPaths);
        for (IncidentView incident :
                store.read(transaction -> transaction.incidents().open())) {
            store.read(transaction -> new SuspectSearch(current, transaction).request(incident))
                    .ifPresent(request -> answer(incident.id(), request));
        }
    }

    /** A call without an answer does not count, and is repeated at the next tick. */
    private void answer(String incident, LedgerRequest request) {
        String range = request.range();
        boolean answered = range == null || !mayCall(incident) || compare(request, range);
        for (MergedPull pull : request.withoutPaths()) {
            if (answered && !asked.contains(pull.name()) && mayCall(incident)) {
                answered = readPaths(pull);
            }
        }
        if (!answered) {
            calls.merge(incident, -1, Integer::sum);
        }
    }

    private boolean mayCall(String incident) {
        return calls.merge(incident, 1, Integer::sum) <= MAX_CALLS;
    }

    /** Returns false if GitHub cannot answer now. */
    private boolean readPaths(MergedPull pull) {
        Repository repository = Repository.of(pull.repository());
        try {
            List<String> paths = github.orElseThrow().paths(repository, pull.number());
            save(List.of(pull.withPaths(paths, paths.size() < GitHubMerges.PAGE)));
        } catch (GitHubException e) {
            LOG.debug(incidents.names().failure("cannot read the paths", pull.name(), repository, e));
            if (e.kind() == GitHubException.Kind.RETRY_LATER) {
                return false;
            }
        }
        asked.add(pull.name());
        return true;
    }

    /** Returns false if GitHub cannot answer now. */
    private boolean compare(LedgerRequest request, String range) {
        String repository = request.repository().fullName();
        String problem;
        try {
            CompareAnswer answer = CompareAnswer.parse(
                    github.orElseThrow().between(request.repository(), range), repository, request.branch());
            answer.merges().forEach(pull -> compared.add(pull.name()));
            save(answer.merges());
            problem = !answer.isAncestor()
                    ? "the branch was rewritten between the last green and the first red run"
                    : answer.complete() ? "" : "too many commits lie between the last green and the first red run";
        } catch (GitHubException e) {
            if (e.kind() == GitHubException.Kind.RETRY_LATER) {
                LOG.debug(incidents.names().failure("cannot compare commits yet", repository, request.repository(), e));
                return false;
            }
            // Whether the repository is private or gone is not for those who read the reason.
            problem = "GitHub does not show what lies between the last green and the first red run";
        }
        String found = problem;
        store.inTransaction(transaction -> {
            transaction.merges().saveRange(repository, range, found, clock.instant());
            return true;
        });
        return true;
    }

    private void save(List<MergedPull> pulls) {
        store.inTransaction(transaction -> {
            pulls.forEach(pull -> transaction.merges().saveIfBetter(pull));
            return true;
        });
    }
}
