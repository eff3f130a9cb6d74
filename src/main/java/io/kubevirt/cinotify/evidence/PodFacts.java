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
package io.kubevirt.cinotify.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code podinfo.json} tells, or where it is missing {@code started.json} (prow-contract §8).
 *
 * @param node the node that the pod ran on; null if it is not told
 * @param troubles what went wrong with the pod or its node, the most telling first
 */
public record PodFacts(@Nullable String node, List<Trouble> troubles) {

    /** Nothing is told. */
    public static final PodFacts UNKNOWN = new PodFacts(null, List.of());

    /** Copies the list. */
    public PodFacts {
        troubles = List.copyOf(troubles);
    }

    /** On the same node. */
    PodFacts on(@Nullable String other) {
        return node == null && other != null ? new PodFacts(other, troubles) : this;
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
    public record Trouble(Kind kind, String reason, String message) {}
}
