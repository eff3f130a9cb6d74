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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A red run as a message shows it.
 *
 * @param repository org/repo; null for a periodic job that names none
 * @param pull the first pull request under test; null for none
 * @param url the page of the run, where known
 * @param description Prow's words; outside text, escape it
 * @param endedAt when it ended, where known
 */
public record RedRun(
        @Nullable String repository,
        String job,
        JobType type,
        @Nullable Integer pull,
        @Nullable String buildId,
        @Nullable String url,
        String description,
        @Nullable Instant endedAt) {

    /** A run as a message shows it. */
    static RedRun of(JobRun run) {
        return new RedRun(
                run.repository() == null ? null : run.repository().fullName(),
                run.job(),
                run.type(),
                run.pulls().stream().map(Pull::number).findFirst().orElse(null),
                run.buildId(),
                run.url(),
                run.description(),
                run.times().completed());
    }
}
