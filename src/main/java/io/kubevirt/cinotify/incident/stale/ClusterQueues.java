// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.incident.stale.RunStarts.PendingRun;
import io.kubevirt.cinotify.prow.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

final class ClusterQueues {
    private final StalenessThresholds thresholds;
    private final JobConfig jobs;
    private final Map<String, Instant> lastPods;
    private final Instant began;

    /** @param began when ci-notify first watched; nothing is known of the time before */
    ClusterQueues(StalenessThresholds thresholds, JobConfig jobs, Map<String, Instant> lastPods, Instant began) {
        this.thresholds = thresholds;
        this.jobs = jobs;
        this.lastPods = lastPods;
        this.began = began;
    }

    List<ClusterQueue> of(List<PendingRun> waiting, Instant now) {
        Map<String, List<PendingRun>> byCluster =
                waiting.stream().collect(Collectors.groupingBy(PendingRun::cluster, TreeMap::new, Collectors.toList()));
        return byCluster.values().stream()
                .flatMap(runs -> queue(runs, now).stream())
                .toList();
    }

    private Optional<ClusterQueue> queue(List<PendingRun> runs, Instant now) {
        String cluster = runs.getFirst().cluster();
        Instant lastPod = lastPods.get(cluster);
        Instant stillness = now.minus(thresholds.limitOf(cluster));
        boolean nothingMoves = lastPod == null ? began.isBefore(stillness) : lastPod.isBefore(stillness);
        return runs.stream()
                .filter(run -> nothingMoves || !waitsForItsOwn(run))
                .min(Comparator.comparing(PendingRun::since))
                .map(oldest -> new ClusterQueue(
                        cluster,
                        oldest,
                        oldest.since().isAfter(began) ? oldest.since() : began,
                        runs.size(),
                        lastPod,
                        thresholds.limitOf(cluster)));
    }

    /** Whether {@code max_concurrency} of the job holds the run back, and not the cluster. */
    private boolean waitsForItsOwn(PendingRun run) {
        return jobs.named(run.job()).stream()
                .anyMatch(job -> job.maxConcurrency() > 0 && job.maxConcurrency() <= run.siblings());
    }

    /**
     * The runs that wait for a pod on a cluster.
     *
     * @param oldest the run that has waited longest because of the cluster
     * @param since since when it waits, no earlier than ci-notify has watched
     * @param lastPod when the cluster started its newest pod; null if never seen
     * @param limit how long a run may wait there
     */
    record ClusterQueue(
            String cluster,
            PendingRun oldest,
            Instant since,
            int waiting,
            @Nullable Instant lastPod,
            Duration limit) {
        boolean isStalledAt(Instant now) {
            return !now.isBefore(limitReached());
        }

        Instant limitReached() {
            return since.plus(limit);
        }

        /** Half of the limit: a cluster that hovers at the limit must not be reported again and again. */
        boolean hasRecovered(Instant openedAt, Instant now) {
            return lastPod != null && lastPod.isAfter(openedAt) && now.isBefore(since.plus(limit.dividedBy(2)));
        }

        String describe() {
            return waiting + " run" + (waiting == 1 ? " waits" : "s wait") + " on " + cluster + ", the oldest"
                    + (oldest.isPublic() ? ", of " + oldest.job() : "") + ", since " + oldest.since()
                    + "; the newest pod there "
                    + (lastPod == null ? "has never been seen" : "was started at " + lastPod);
        }
    }
}
