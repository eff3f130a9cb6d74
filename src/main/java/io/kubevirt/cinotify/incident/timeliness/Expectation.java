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
package io.kubevirt.cinotify.incident.timeliness;

import io.kubevirt.cinotify.prow.PeriodicJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a periodic job should start.
 *
 * @param periodic the job
 * @param last its newest run; null if none was ever seen
 * @param from what the count begins with: its last start, or when it could first be expected
 * @param due its next start
 * @param deadline when it is missing
 * @param running whether its last run goes on: Prow starts no other before that has ended
 */
record Expectation(
        PeriodicJob periodic, @Nullable LastRun last, Instant from, Instant due, Instant deadline, boolean running) {

    String job() {
        return periodic.job().name();
    }

    String cluster() {
        return periodic.job().cluster();
    }

    boolean isMissingAt(Instant now) {
        return !running && !now.isBefore(deadline);
    }

    boolean startedAfter(Instant instant) {
        return last != null && last.started().isAfter(instant);
    }

    String lastStart() {
        return last == null ? "has not been seen to start" : "last started at " + last.started();
    }
}
