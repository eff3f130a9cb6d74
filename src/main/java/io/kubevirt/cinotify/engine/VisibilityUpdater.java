// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.VisibilityTable;
import io.kubevirt.cinotify.store.VisibilityTable.OfIncident;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.text.Plural;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@code visibility} of the settings to what is stored already, in bounded batches: at the first start, and when the
 * block changes. What is private stays private.
 */
@ApplicationScoped
public class VisibilityUpdater {
    private static final Logger LOG = Logger.getLogger(VisibilityUpdater.class);
    private static final String APPLIED = "visibility/applied";
    /** Changes with the rules by which the settings apply, so that an upgrade applies the new ones. */
    private static final String RULES = "2 ";

    private static final int BATCH_SIZE = 500;

    private final Store store;
    private final ConfigAgent configAgent;
    private final IncidentService service;
    private final InstantSource clock;

    VisibilityUpdater(Store store, ConfigAgent configAgent, IncidentService service, InstantSource clock) {
        this.store = store;
        this.configAgent = configAgent;
        this.service = service;
        this.clock = clock;
    }

    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        try {
            if (service.isLeader()) {
                update();
            }
        } catch (StoreUnavailable e) {
            LOG.debugf("updating the visibility later: %s", e.getMessage());
        }
    }

    void update() {
        Config config = configAgent.get();
        String wanted = RULES + new TreeMap<>(config.file().visibility());
        Optional<Watermark> applied =
                store.read(transaction -> transaction.watermarks().find(APPLIED));
        if (applied.filter(last -> last.value().equals(wanted)).isPresent()) {
            return;
        }
        updateLanes(config);
        int incidents = updateIncidents(config);
        store.inTransaction(transaction -> {
            transaction.watermarks().set(APPLIED, new Watermark(wanted, clock.instant()));
            return true;
        });
        LOG.info("visibility: applied the settings to stored runs and to " + Plural.of(incidents, "incident"));
    }

    private void updateLanes(Config config) {
        Optional<JobRun> newest = nextLane("");
        while (newest.isPresent()) {
            JobRun run = newest.get();
            String lane = run.lane().toString();
            int changed;
            do {
                changed = store.inTransaction(transaction -> {
                    Visibility visibility = ofLane(config, transaction, run);
                    return visibility.isKnown() ? transaction.visibility().setLane(lane, visibility, BATCH_SIZE) : 0;
                });
            } while (changed == BATCH_SIZE);
            newest = nextLane(lane);
        }
    }

    private Optional<JobRun> nextLane(String after) {
        return store.read(transaction -> transaction.visibility().nextLane(after));
    }

    /** Private if the job is hidden on any branch: the runs are of all branches. */
    private static Visibility ofLane(Config config, Transaction transaction, JobRun run) {
        boolean hidden = config.jobs().named(run.job()).stream()
                .filter(job -> job.repository() == null || job.repository().equals(run.repository()))
                .anyMatch(Job::hidden);
        if (hidden) {
            return Visibility.PRIVATE;
        }
        VisibilityTable.Known known = transaction.visibility().known(run);
        return config.visibility(run, known.repository(), known.job());
    }

    /** Returns how many changed. */
    private int updateIncidents(Config config) {
        int changed = 0;
        String after = "";
        List<OfIncident> page;
        do {
            String last = after;
            page = store.read(transaction -> transaction.visibility().incidents(last, BATCH_SIZE));
            for (OfIncident each : page) {
                after = each.incident().id();
                changed += store.inTransaction(transaction -> update(config, transaction, each)) ? 1 : 0;
            }
        } while (page.size() == BATCH_SIZE);
        return changed;
    }

    private static boolean update(Config config, Transaction transaction, OfIncident stored) {
        IncidentView incident = stored.incident();
        Visibility own = ofIncident(config, transaction, incident);
        boolean allRuns = incident.runs() > 0 && stored.runs() >= incident.runs();
        Visibility result = own == Visibility.PRIVATE || stored.ofRuns() == Visibility.PRIVATE
                ? Visibility.PRIVATE
                : own == Visibility.UNKNOWN && allRuns ? stored.ofRuns() : own;
        if (result.isKnown()) {
            transaction.visibility().set(incident.id(), result);
        }
        return result.isKnown();
    }

    /** By its lanes, its conversation or the jobs that it names; unknown if it has several repositories, because it stores the names of jobs only. */
    private static Visibility ofIncident(Config config, Transaction transaction, IncidentView incident) {
        if (!incident.kind().isOfRuns()) {
            return new VisibilityResolver(config, transaction).ofNew(incident);
        }
        FailedRun latest = incident.latest();
        if (incident.kind() != IncidentKind.LANE || latest == null) {
            return Visibility.UNKNOWN;
        }
        Set<Visibility> lanes = incident.lanes().stream()
                .map(job -> ofLane(config, transaction, run(job, latest)))
                .collect(Collectors.toSet());
        return lanes.contains(Visibility.PRIVATE)
                ? Visibility.PRIVATE
                : lanes.equals(Set.of(Visibility.PUBLIC)) ? Visibility.PUBLIC : Visibility.UNKNOWN;
    }

    private static JobRun run(String job, FailedRun latest) {
        @Nullable String repository = latest.repository();
        return JobRun.builder(job, latest.type(), JobState.FAILURE)
                .repository(repository == null ? null : Repository.of(repository))
                .build();
    }
}
