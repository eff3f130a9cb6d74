// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored failed run, used to compare failures; {@code signature} is empty if the artifacts showed no cause. */
public record FailureRecord(
        String run,
        @Nullable String repository,
        String job,
        @Nullable Integer pull,
        @Nullable String cluster,
        @Nullable String node,
        Cause cause,
        String signature,
        Instant at) {
    public static FailureRecord of(String id, JobRun run, @Nullable String cluster, Diagnosis diagnosis, Instant at) {
        Symptoms symptoms = diagnosis.symptoms();
        return new FailureRecord(
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

    public Lane lane() {
        return new Lane(repository == null ? null : Repository.of(repository), job);
    }

    /** Whether a node may have caused it: infrastructure and setup failures on a known node. */
    public boolean mayBeCausedByNode() {
        return node != null && (cause == Cause.INFRASTRUCTURE || cause == Cause.SETUP);
    }

    boolean isSameFailure(FailureRecord other) {
        return !signature.isEmpty() && signature.equals(other.signature);
    }

    boolean isSamePull(FailureRecord other) {
        return pull != null && pull.equals(other.pull) && repository != null && repository.equals(other.repository);
    }
}
