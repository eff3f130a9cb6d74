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
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a failed run, to compare others with it.
 *
 * @param run the run's id; one run is one failure
 * @param repository as {@code org/repo}; null if it is not known
 * @param job the lane's name
 * @param pull null if it has no pull request, or several
 * @param cluster null if it is not known
 * @param node null if it is not known
 * @param cause what it was found to be
 * @param signature empty if its artifacts showed nothing
 * @param at when it ended
 */
public record SeenFailure(
        String run,
        @Nullable String repository,
        String job,
        @Nullable Integer pull,
        @Nullable String cluster,
        @Nullable String node,
        Cause cause,
        String signature,
        Instant at) {

    /** What is remembered of a run that has been diagnosed. */
    public static SeenFailure of(String id, JobRun run, @Nullable String cluster, Diagnosis diagnosis, Instant at) {
        Symptoms symptoms = diagnosis.symptoms();
        return new SeenFailure(
                id,
                run.repository() == null ? null : run.repository().fullName(),
                run.job(),
                run.pulls().size() == 1 ? run.pulls().getFirst().number() : null,
                run.cluster() != null ? run.cluster() : cluster,
                symptoms == null ? null : symptoms.node(),
                diagnosis.cause(),
                symptoms == null ? "" : symptoms.signature(),
                at);
    }

    /** Whether no change can be to blame: what a node may have done. */
    public boolean mayBeOfNode() {
        return node != null && (cause == Cause.INFRASTRUCTURE || cause == Cause.SETUP);
    }

    boolean isSameFailure(SeenFailure other) {
        return !signature.isEmpty() && signature.equals(other.signature);
    }

    boolean isSamePull(SeenFailure other) {
        return pull != null && pull.equals(other.pull) && repository != null && repository.equals(other.repository);
    }
}
