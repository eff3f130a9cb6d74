// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.PeriodicSchedule;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The thresholds that jobs set by annotations. */
public final class JobAnnotations {
    /** The same number for TestGrid: consecutive failures before an alert. */
    private static final String TESTGRID = "testgrid-num-failures-to-alert";

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");

    private final String failures;
    private final String mute;

    /** @param annotationPrefix of the annotations, without the slash */
    public JobAnnotations(String annotationPrefix) {
        this.failures = annotationPrefix + "/failures-to-notify";
        this.mute = annotationPrefix + "/mute-until";
    }

    /**
     * The thresholds of the job of a run; invalid values are ignored.
     *
     * @param job the job in the job configuration, if it is there
     */
    public JobThresholds thresholds(JobRun run, Optional<Job> job) {
        Map<String, String> annotations =
                new HashMap<>(job.map(Job::annotations).orElse(Map.of()));
        annotations.putAll(run.annotations());
        boolean daily = run.type() == JobType.PERIODIC
                && job.map(Job::trigger)
                        .flatMap(PeriodicSchedule::of)
                        .filter(PeriodicSchedule::isAtMostDaily)
                        .isPresent();
        return annotations.isEmpty() && !daily
                ? JobThresholds.NONE
                : new JobThresholds(failures(annotations, run.type()), muteUntil(annotations), daily);
    }

    private @Nullable Integer failures(Map<String, String> annotations, JobType type) {
        String count = annotations.get(failures);
        if (count == null && type != JobType.PRESUBMIT) {
            count = annotations.get(TESTGRID);
        }
        return count != null && COUNT.matches(count) ? Integer.valueOf(count) : null;
    }

    private @Nullable Instant muteUntil(Map<String, String> annotations) {
        return Optional.ofNullable(annotations.get(mute))
                .flatMap(Thresholds.Mute::parseEnd)
                .orElse(null);
    }

    /** Invalid values of all jobs. */
    public List<ConfigProblem> problems(JobConfig jobs) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Job job : jobs.all()) {
            String count = job.annotations().get(failures);
            if (count != null && !COUNT.matches(count)) {
                problems.add(new ConfigProblem(
                        job.file(),
                        job.line(),
                        failures + " of " + job.name() + " is \"" + count + "\"",
                        "use the number of failures before a notification, 1 or more"));
            }
            String end = job.annotations().get(mute);
            if (end != null && Thresholds.Mute.parseEnd(end).isEmpty()) {
                problems.add(new ConfigProblem(
                        job.file(),
                        job.line(),
                        mute + " of " + job.name() + " is \"" + end + "\", which is not a date",
                        "use the date on which the mute ends, as 2026-12-24"));
            }
        }
        return problems;
    }
}
