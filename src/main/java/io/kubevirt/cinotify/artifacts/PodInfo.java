// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code podinfo.json}, or else {@code started.json} (prow-contract §8); the most significant problem first. */
public record PodInfo(@Nullable String node, List<PodProblem> problems) {
    public static final PodInfo UNKNOWN = new PodInfo(null, List.of());

    public PodInfo {
        problems = List.copyOf(problems);
    }

    PodInfo withNode(@Nullable String newNode) {
        return node == null && newNode != null ? new PodInfo(newNode, problems) : this;
    }

    public enum Kind {
        /** The node was lost or evicted the pod. */
        NODE,
        /** A container exceeded its memory limit. */
        MEMORY,
        /** The pod was not scheduled, or a container of it did not start. */
        WAITING
    }

    /**
     * The reason is as Kubernetes names it: Evicted, NodeLost, OOMKilled.
     *
     * @param container null if the whole pod is concerned, or it is unknown
     */
    public record PodProblem(
            Kind kind,
            String reason,
            String message,
            @Nullable String container) {
        /** The containers that Prow adds to the pod of a job. */
        private static final Set<String> OF_PROW =
                Set.of("sidecar", "clonerefs", "initupload", "place-entrypoint", "entrypoint");

        public boolean isOfProw() {
            return container != null && OF_PROW.contains(container);
        }
    }
}
