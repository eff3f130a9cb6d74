// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One cause breaks many lanes. */
@Persisted
public final class OutageIncident extends DetectedIncident {
    private final TreeSet<Scope> scopes = new TreeSet<>();
    private final TreeSet<String> explained = new TreeSet<>();
    private final ArrayList<Long> tail = new ArrayList<>();
    private final @Nullable String cluster;
    private @Nullable Instant resolvedAt;

    @JsonCreator
    public OutageIncident(
            @JsonProperty("id") String id,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis,
            @JsonProperty("cluster") @Nullable String cluster) {
        super(id, openedAt, diagnosis);
        this.cluster = cluster;
    }

    @Override
    public OutageIncident copy() {
        OutageIncident copy = copyTo(new OutageIncident(id(), openedAt(), diagnosis(), cluster));
        copy.scopes.addAll(scopes);
        copy.explained.addAll(explained);
        copy.tail.addAll(tail);
        copy.resolvedAt = resolvedAt;
        return copy;
    }

    /** Records a new sign of the outage and starts the tail anew. */
    public void recur(Set<Scope> where, Instant at) {
        scopes.addAll(where);
        failed(at);
        tail.clear();
    }

    /** Records a run that is a sign of the outage. */
    public void explain(RunRecord run) {
        explained.add(run.id());
    }

    /** Records that a person resolved it: what failed before is no sign of an outage any more. */
    public void resolve(Instant at) {
        resolvedAt = at;
    }

    /** When a person resolved it; null if nobody did. */
    public @Nullable Instant resolvedAt() {
        return resolvedAt;
    }

    /** Adds a run that failed after the last sign of the outage. */
    public void addToTail(RunRecord run) {
        tail.add(run.number());
    }

    public void removeFromTail(Predicate<Long> runs) {
        tail.removeIf(runs);
    }

    public boolean covers(String repository, @Nullable String ofCluster, @Nullable FailureClass failure) {
        return scopes.contains(Scope.repository(repository))
                || (failure != null && scopes.contains(Scope.cause(repository, failure)))
                || (ofCluster != null && scopes.contains(Scope.cluster(ofCluster)));
    }

    /** Whether it has one cause that spreads slowly, and covers only failures of that cause. */
    public boolean isOfCause() {
        return scopes.stream().allMatch(Scope::isCause);
    }

    public boolean shares(Set<Scope> others) {
        return !Collections.disjoint(scopes, others);
    }

    public boolean explains(String run) {
        return explained.contains(run);
    }

    public boolean isOf(@Nullable String otherCluster) {
        return otherCluster != null && otherCluster.equals(cluster);
    }

    public List<Long> tail() {
        return List.copyOf(tail);
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    @Override
    public String key() {
        return id();
    }

    @Override
    public String subject() {
        return scopes.toString();
    }

    @Override
    public IncidentKind kind() {
        return IncidentKind.OUTAGE;
    }

    @Override
    public String title() {
        return String.join(", ", scopes.stream().map(Scope::label).toList());
    }

    /**
     * What an outage affects. {@code kind}: {@code cluster}, {@code repository}, or {@code cause} for the failures of a
     * repository with one cause.
     */
    public record Scope(String kind, String name) implements Comparable<Scope> {
        private static final String CLUSTER = "cluster";
        private static final String REPOSITORY = "repository";

        private static final String CAUSE = "cause";

        public static Scope cause(String repository, FailureClass failure) {
            return new Scope(CAUSE, failure.family() + " in " + repository);
        }

        boolean isCause() {
            return kind.equals(CAUSE);
        }

        public static Scope cluster(String name) {
            return new Scope(CLUSTER, name);
        }

        public static Scope repository(String name) {
            return new Scope(REPOSITORY, name);
        }

        /** Reads what {@link #label} wrote. */
        @JsonCreator
        static Scope parse(String text) {
            int space = text.indexOf(' ');
            return new Scope(text.substring(0, space), text.substring(space + 1));
        }

        @JsonValue
        String label() {
            return kind + " " + name;
        }

        /** Part of the id of an outage, which is stored: do not change the format. */
        @Override
        public String toString() {
            return "Scope[kind=" + kind + ", name=" + name + "]";
        }

        @Override
        public int compareTo(Scope other) {
            return label().compareTo(other.label());
        }
    }
}
