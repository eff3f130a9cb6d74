// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code podinfo.json}, or of {@code started.json} if that is missing (prow-contract §8).
 *
 * @param node the node of the pod; null if unknown
 * @param problems problems of the pod or its node, the most significant first
 */
public record PodInfo(@Nullable String node, List<PodProblem> problems) {

    public static final PodInfo UNKNOWN = new PodInfo(null, List.of());

    public PodInfo {
        problems = List.copyOf(problems);
    }

    /** Sets the node if it is unknown. */
    PodInfo withNode(@Nullable String newNode) {
        return node == null && newNode != null ? new PodInfo(newNode, problems) : this;
    }

    /** The origin of a problem. */
    public enum Kind {
        /** The node was lost or evicted the pod. */
        NODE,
        /** A container exceeded its memory limit. */
        MEMORY
    }

    /**
     * @param reason as Kubernetes names it: Evicted, NodeLost, OOMKilled
     * @param message one line; may be empty
     */
    public record PodProblem(Kind kind, String reason, String message) {}
}
