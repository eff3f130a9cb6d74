// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.suspect.SuspectSearch;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which commits the runs of a broken periodic lane tested, green ones too: no ProwJob has them. One small file a run,
 * once, and only while an incident is open.
 */
@ApplicationScoped
public class PeriodicBases {
    private static final int MAX_RUNS = 20;
    private static final int MAX_REMEMBERED = 5_000;

    private final Store store;
    private final ConfigAgent config;
    private final IncidentService incidents;
    private final ArtifactLocator locator;
    private final InstantSource clock;
    private final Set<String> asked = new HashSet<>();

    PeriodicBases(
            Store store,
            ConfigAgent config,
            IncidentService incidents,
            ArtifactFetcher artifacts,
            InstantSource clock) {
        this.store = store;
        this.config = config;
        this.incidents = incidents;
        this.locator = artifacts.locator();
        this.clock = clock;
    }

    @Scheduled(every = "30s", delayed = "25s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Config current = config.get();
        if (!current.file().suspects().enabled() || !locator.isConfigured(current) || !incidents.isLeader()) {
            return;
        }
        if (asked.size() > MAX_REMEMBERED) {
            asked.clear();
        }
        List<List<JobRun>> runs = store.read(transaction -> transaction.incidents().open().stream()
                .map(incident -> new SuspectSearch(current, transaction)
                        .withoutBase(incident).stream()
                                .filter(run -> !asked.contains(name(run)))
                                .limit(MAX_RUNS)
                                .toList())
                .toList());
        runs.forEach(ofIncident -> readUntilUnreachable(current, ofIncident));
    }

    private static String name(JobRun run) {
        return run.lane() + " " + run.identity();
    }

    private void readUntilUnreachable(Config current, List<JobRun> runs) {
        for (JobRun run : runs) {
            Optional<String> commit = locator.repoCommit(current, run);
            if (commit.isEmpty()) {
                return;
            }
            asked.add(name(run));
            if (!commit.get().isEmpty()) {
                save(run, commit.get());
            }
        }
    }

    private void save(JobRun run, String commit) {
        store.inTransaction(transaction -> {
            transaction.runs(clock.instant()).setBase(run, commit);
            return true;
        });
    }
}
