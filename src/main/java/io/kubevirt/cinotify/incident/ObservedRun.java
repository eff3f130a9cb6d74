// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run in some state. A run that has not ended is accepted as well and settled as no result. */
public record ObservedRun(
        String id,
        @JsonAlias("finding") DiagnosedRun diagnosedRun,
        @JsonAlias("own") JobThresholds jobThresholds) {
    public ObservedRun withDiagnosis(Diagnosis diagnosis) {
        return new ObservedRun(id, diagnosedRun.withDiagnosis(diagnosis), jobThresholds);
    }

    /** The id of a run, the same whichever source reports it. */
    public static String idOf(JobRun run) {
        return run.type().prowName() + " " + run.lane() + " " + run.identity();
    }

    /** The lane and the build of a run's id, under these names: the lane may have a space. */
    public static Map<String, String> keyOf(String run) {
        int lane = run.indexOf(' ') + 1;
        int build = run.lastIndexOf(' ') + 1;
        return Map.of("lane", run.substring(lane, Math.max(lane, build - 1)), "build", run.substring(build));
    }

    /**
     * The result of detection for one run.
     *
     * @param reason why the run causes no notification; null while its group waits
     * @param notifiableIncidents incidents that changed because of the run: if one of them causes a notification, the run counts
     *     as notified
     */
    public record SettledRun(
            String run, @Nullable SuppressionReason reason, List<String> notifiableIncidents, String explanation) {
        public SettledRun {
            notifiableIncidents = List.copyOf(notifiableIncidents);
        }
    }

    /**
     * The thresholds in a job's own configuration; they take precedence over the settings.
     *
     * @param failures failures in a row, or failing pull requests for a presubmit, before a notification
     * @param daily whether the job is a periodic that runs at most once a day
     */
    public record JobThresholds(
            @Nullable Integer failures, @Nullable Instant muteUntil, boolean daily) {
        public static final JobThresholds NONE = new JobThresholds(null, null, false);
    }
}
