// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stores when the definition of a lane changed: it is the most frequent change that breaks one. */
@ApplicationScoped
public class LaneDefinitions {
    private static final Logger LOG = Logger.getLogger(LaneDefinitions.class);

    private final Store store;
    private final ConfigAgent config;
    private final IncidentService incidents;
    private final InstantSource clock;
    private @Nullable JobConfig seen;

    public LaneDefinitions(Store store, ConfigAgent config, IncidentService incidents, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.incidents = incidents;
        this.clock = clock;
    }

    @Scheduled(every = "60s", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        JobConfig current = config.get().jobs();
        if (current == seen || current.all().isEmpty() || !incidents.isLeader()) {
            return;
        }
        Map<String, String> digests = digests(current);
        int changed =
                store.inTransaction(transaction -> transaction.laneDefinitions().observe(digests, clock.instant()));
        LOG.debugf("%d of %d definitions of lanes changed", changed, digests.size());
        seen = current;
    }

    /** A lane may have an entry for each of some branches, in any order; the variables of presets count. */
    static Map<String, String> digests(JobConfig jobs) {
        Map<String, String> digests = new TreeMap<>();
        jobs.all().stream()
                .map(job -> Map.entry(job.lane().toString(), digest(job)))
                .sorted(Map.Entry.comparingByValue())
                .forEach(job -> digests.merge(job.getKey(), job.getValue(), (one, other) -> one + " " + other));
        return digests;
    }

    private static String digest(Job job) {
        return job.digest() + "-" + Integer.toHexString(job.env().hashCode());
    }
}
