// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.bump.BumpConfig;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.bump.BumpReconciler;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reads the pull requests of bots from GitHub at the start and each hour, so that a lost webhook does not matter. If GitHub
 * does not respond, the stored state stays and the plugin stays ready.
 */
@Readiness
@ApplicationScoped
public class BumpSync implements HealthCheck {
    private static final Duration INTERVAL = Duration.ofHours(1);
    private final ConfigAgent config;
    private final IncidentService incidents;
    private final boolean enabled;
    private final RepositoryReads reads;

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
        this.enabled = reconciler.isPresent();
        this.reads = new RepositoryReads(
                "bumps",
                (repository, now) -> {
                    reconciler.orElseThrow().reconcile(repository, config.get(), now);
                    return INTERVAL;
                },
                incidents.names(),
                clock);
    }

    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        BumpConfig bumps = config.get().file().bumps();
        List<Repository> repositories = enabled && bumps != null ? bumps.repositories() : List.of();
        if (!repositories.isEmpty() && !incidents.isLeader()) {
            reads.reset();
        } else {
            reads.readDue(repositories);
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("bumps").up();
        String problem = reads.problem();
        return problem.isEmpty()
                ? response.build()
                : response.withData("problem", Secrets.censor(problem)).build();
    }
}
