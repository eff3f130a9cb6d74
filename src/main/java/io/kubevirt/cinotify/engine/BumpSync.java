// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.BumpsBlock;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.bump.BumpReconciler;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reads how the pull requests of bots stand at the start and each hour, so that a lost webhook does not matter. Where
 * GitHub does not answer, what is known stays, and the plugin is ready all the same.
 */
@Readiness
@ApplicationScoped
public class BumpSync implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(BumpSync.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration RETRY_DELAY = Duration.ofMinutes(5);

    private final ConfigAgent config;
    private final IncidentService incidents;
    private final InstantSource clock;
    private final Optional<BumpReconciler> reconciler;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Map<String, String> errors = new ConcurrentSkipListMap<>();

    @Inject
    BumpSync(Store store, ConfigAgent settings, IncidentService desk, GitHubConnection github, InstantSource clock) {
        this(settings, desk, github.api().map(api -> new BumpReconciler(store, api)), clock);
    }

    /**
     * Nothing has been read yet.
     *
     * @param desk one replica decides, and only that one reads
     * @param reading empty if GitHub is not to be asked
     */
    BumpSync(ConfigAgent settings, IncidentService desk, Optional<BumpReconciler> reading, InstantSource clock) {
        this.config = settings;
        this.incidents = desk;
        this.reconciler = reading;
        this.clock = clock;
    }

    /** Reads what is due. */
    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = config.get();
        BumpsBlock bumps = current.file().bumps();
        List<Repository> repositories = bumps == null ? List.of() : bumps.repositories();
        errors.keySet().removeIf(name -> repositories.stream()
                .noneMatch(each -> each.fullName().equals(name)));
        if (reconciler.isEmpty() || repositories.isEmpty()) {
            return;
        }
        if (!incidents.isLeader()) {
            errors.clear();
            due.clear();
            return;
        }
        repositories.stream().filter(this::isDue).forEach(each -> read(each, current, reconciler.get()));
    }

    private boolean isDue(Repository repository) {
        Instant at = due.get(repository.fullName());
        return at == null || !clock.instant().isBefore(at);
    }

    private void read(Repository repository, Config current, BumpReconciler how) {
        String name = repository.fullName();
        Instant now = clock.instant();
        try {
            how.reconcile(repository, current, now);
            due.put(name, now.plus(INTERVAL));
            if (errors.remove(name) != null) {
                LOG.infof("the bumps of %s are read from GitHub again", name);
            }
        } catch (GitHubException e) {
            Instant next = now.plus(e.retryAfter().compareTo(RETRY_DELAY) > 0 ? e.retryAfter() : RETRY_DELAY);
            due.put(name, next);
            String sentence = "the bumps of " + name + " could not be read from GitHub, so only webhooks tell of them"
                    + " until it is tried again at " + next + ": " + e.explanation();
            if (errors.put(name, sentence) == null) {
                LOG.warn(sentence);
            }
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("bumps").up();
        String problem = errors.values().stream().collect(Collectors.joining("\n"));
        return problem.isEmpty()
                ? response.build()
                : response.withData("problem", problem).build();
    }
}
