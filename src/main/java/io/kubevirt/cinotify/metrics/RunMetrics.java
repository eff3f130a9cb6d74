// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;

/** Counts the states of runs that were taken in, as {@code ci_notify_runs_total{door,type,state}}. */
public final class RunMetrics {

    private RunMetrics() {}

    /** @param door that brought it */
    public static void count(String door, RunParseResult reading) {
        if (reading instanceof RunParseResult.Run(JobRun run)) {
            Metrics.counter(
                            "ci_notify.runs",
                            "door",
                            door,
                            "type",
                            run.type().name().toLowerCase(Locale.ROOT),
                            "state",
                            run.state().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }
}
