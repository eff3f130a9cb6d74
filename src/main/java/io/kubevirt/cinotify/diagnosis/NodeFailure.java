// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several lanes died on one node within hours, while other nodes were well: that node is sick.
 *
 * @param cluster empty if it is not known
 * @param node its name
 * @param runs the ids of those that died on it, in order
 * @param jobs the lanes that they are of, in order
 */
public record NodeFailure(String cluster, String node, List<String> runs, List<String> jobs) {

    /** What it is called in traces. */
    public static final String RULE = "sick-node";

    /** How near to each other the failures must be. */
    public static final Duration WINDOW = Duration.ofHours(6);

    /** Fewer lanes fall together by chance. */
    public static final int LANES = 3;

    /** So many times as many as on any other node of the cluster, or the trouble is not the node's. */
    private static final int TIMES_AS_MANY = 3;

    /** Copies the lists. */
    public NodeFailure {
        runs = List.copyOf(runs);
        jobs = List.copyOf(jobs);
    }

    /** All nodes that are sick by what failed, by their names. */
    public static List<NodeFailure> findAll(Collection<FailureRecord> seen) {
        return seen.stream()
                .filter(FailureRecord::mayBeCausedByNode)
                .collect(Collectors.toMap(
                        failure -> failure.cluster() + " " + failure.node(),
                        failure -> failure,
                        BinaryOperator.maxBy(Comparator.comparing(FailureRecord::at))))
                .values()
                .stream()
                .flatMap(failure -> find(failure, seen).stream())
                .sorted(Comparator.comparing(NodeFailure::title))
                .toList();
    }

    /** Whether a failure is one of several on a sick node; looks at what failed within the window before it. */
    public static Optional<NodeFailure> find(FailureRecord failure, Collection<FailureRecord> seen) {
        if (!failure.mayBeCausedByNode() || isSeenElsewhere(failure, seen)) {
            return Optional.empty();
        }
        Map<String, List<FailureRecord>> byNode = Stream.concat(
                        seen.stream().filter(other -> !other.run().equals(failure.run())), Stream.of(failure))
                .filter(FailureRecord::mayBeCausedByNode)
                .filter(other -> Objects.equals(other.cluster(), failure.cluster()))
                .filter(other -> !other.at().isAfter(failure.at())
                        && other.at().isAfter(failure.at().minus(WINDOW)))
                .collect(Collectors.groupingBy(other -> Objects.requireNonNull(other.node())));
        List<FailureRecord> here = byNode.getOrDefault(failure.node(), List.of());
        int elsewhere = byNode.entrySet().stream()
                .filter(node -> !node.getKey().equals(failure.node()))
                .mapToInt(node -> lanes(node.getValue()))
                .max()
                .orElse(0);
        int lanes = lanes(here);
        return lanes >= LANES && lanes >= TIMES_AS_MANY * elsewhere
                ? Optional.of(new NodeFailure(
                        Objects.requireNonNullElse(failure.cluster(), ""),
                        Objects.requireNonNull(failure.node()),
                        here.stream().map(FailureRecord::run).sorted().toList(),
                        here.stream()
                                .map(FailureRecord::job)
                                .distinct()
                                .sorted()
                                .toList()))
                : Optional.empty();
    }

    /** What other nodes suffer from, of whatever cluster, is not this one's doing: a cluster may have but one node. */
    private static boolean isSeenElsewhere(FailureRecord failure, Collection<FailureRecord> seen) {
        return seen.stream()
                .filter(failure::isSameFailure)
                .filter(other ->
                        Duration.between(other.at(), failure.at()).abs().compareTo(WINDOW) < 0)
                .anyMatch(other -> other.node() != null && !other.node().equals(failure.node()));
    }

    private static int lanes(List<FailureRecord> failures) {
        return (int) failures.stream().map(FailureRecord::job).distinct().count();
    }

    /** What people call it; the same whatever else dies on it. */
    public String title() {
        return "node " + node + (cluster.isEmpty() ? "" : " of " + cluster);
    }

    /** What a message says of it. */
    public String sentence() {
        return jobs.size() + " lanes died on node " + node + (cluster.isEmpty() ? "" : " of " + cluster) + " within "
                + WINDOW.toHours() + " h, and on no other node as many: " + String.join(", ", runs);
    }
}
