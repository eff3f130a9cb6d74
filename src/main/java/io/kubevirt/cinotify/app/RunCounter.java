/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.RunReading;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;

/** Counts the states of runs that were taken in, as {@code ci_notify_runs_total{door,type,state}}. */
final class RunCounter {

    private RunCounter() {}

    /** @param door that brought it */
    static void count(String door, RunReading reading) {
        if (reading instanceof RunReading.Run(JobRun run)) {
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
