// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.text.Plural;
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

/** A failing node: several lanes failed on it within hours, and far fewer on other nodes. */
public record NodeFailure(String cluster, String node, List<String> runs, List<String> jobs) {
    public static final String RULE = "sick-node";

    public static final Duration WINDOW = Duration.ofHours(6);

    /** Minimum number of lanes; fewer may fail by coincidence. */
    public static final int LANES = 3;

    /** Minimum ratio to every other node of the cluster. */
    private static final int TIMES_AS_MANY = 3;

    public NodeFailure {
        runs = List.copyOf(runs);
        jobs = List.copyOf(jobs);
    }

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

    /** The failing node of a failure, judged by the failures within the window before it. */
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

    /** Seen on another node too, it is not caused by this node; a cluster may have only one node. */
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

    /** The title; stable while more runs fail on the node. */
    public String title() {
        return "node " + node + (cluster.isEmpty() ? "" : " of " + cluster);
    }

    /** Names neither runs nor lanes: some may be private. */
    public String sentence() {
        return Plural.of(jobs.size(), "lane") + " failed on " + title() + " within " + WINDOW.toHours()
                + " h, and fewer on every other node";
    }
}
