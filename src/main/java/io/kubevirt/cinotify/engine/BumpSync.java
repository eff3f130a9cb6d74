// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.bump.BumpConfig;
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
 * Reads the pull requests of bots from GitHub at the start and each hour, so that a lost webhook does not matter. If GitHub
 * does not respond, the stored state stays and the plugin stays ready.
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
    BumpSync(Store store, ConfigAgent config, IncidentService incidents, GitHubConnection github, InstantSource clock) {
        this(config, incidents, github.api().map(api -> new BumpReconciler(store, api)), clock);
    }

    /**
     * @param incidents only the replica that leads reads
     * @param reconciler empty without GitHub credentials
     */
    BumpSync(ConfigAgent config, IncidentService incidents, Optional<BumpReconciler> reconciler, InstantSource clock) {
        this.config = config;
        this.incidents = incidents;
        this.reconciler = reconciler;
        this.clock = clock;
    }

    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = config.get();
        BumpConfig bumps = current.file().bumps();
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

    private void read(Repository repository, Config current, BumpReconciler reconciler) {
        String name = repository.fullName();
        Instant now = clock.instant();
        try {
            reconciler.reconcile(repository, current, now);
            due.put(name, now.plus(INTERVAL));
            if (errors.remove(name) != null) {
                LOG.infof("reading the bumps of %s from GitHub works again", name);
            }
        } catch (GitHubException e) {
            Instant next = now.plus(e.retryAfter().compareTo(RETRY_DELAY) > 0 ? e.retryAfter() : RETRY_DELAY);
            due.put(name, next);
            String sentence = "cannot read the bumps of " + name
                    + " from GitHub, only webhooks report them; retrying at " + next + ": " + e.explanation();
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
