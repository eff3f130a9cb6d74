// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code podinfo.json} tells, or where it is missing {@code started.json} (prow-contract §8).
 *
 * @param node the node that the pod ran on; null if it is not told
 * @param problems what went wrong with the pod or its node, the most telling first
 */
public record PodInfo(@Nullable String node, List<PodProblem> problems) {

    /** Nothing is told. */
    public static final PodInfo UNKNOWN = new PodInfo(null, List.of());

    /** Copies the list. */
    public PodInfo {
        problems = List.copyOf(problems);
    }

    /** On the same node. */
    PodInfo withNode(@Nullable String other) {
        return node == null && other != null ? new PodInfo(other, problems) : this;
    }

    /** Whose trouble it is. */
    public enum Kind {
        /** The node was lost, or put the pod out. */
        NODE,
        /** A container took more memory than it was given. */
        MEMORY
    }

    /**
     * Something that went wrong.
     *
     * @param reason in the words of Kubernetes: Evicted, NodeLost, OOMKilled
     * @param message the sentence with it, a line; may be empty
     */
    public record PodProblem(Kind kind, String reason, String message) {}
}
