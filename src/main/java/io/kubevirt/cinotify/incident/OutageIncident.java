// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Something that explains many lanes. */
@Persisted
public final class OutageIncident extends DetectedIncident {

    private final TreeSet<OutageScope> scopes = new TreeSet<>();
    private final TreeSet<String> explained = new TreeSet<>();
    private final ArrayList<Long> tail = new ArrayList<>();
    private final @Nullable String cluster;

    @JsonCreator
    public OutageIncident(
            @JsonProperty("id") String id,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis,
            @JsonProperty("cluster") @Nullable String cluster) {
        super(id, openedAt, diagnosis);
        this.cluster = cluster;
    }

    /** It shows itself: from here on its tail begins anew. */
    public void recur(Set<OutageScope> where, Instant at) {
        scopes.addAll(where);
        failed(at);
        tail.clear();
    }

    public void addExplained(RunRecord run) {
        addRun(run);
        explained.add(run.id());
    }

    /** A run that failed since the outage last showed itself. */
    public void addToTail(RunRecord run) {
        tail.add(run.number());
    }

    public void removeFromTail(Predicate<Long> runs) {
        tail.removeIf(runs);
    }

    public boolean covers(String repository, @Nullable String ofCluster) {
        return scopes.contains(OutageScope.repository(repository))
                || (ofCluster != null && scopes.contains(OutageScope.cluster(ofCluster)));
    }

    public boolean shares(Set<OutageScope> others) {
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

    public Set<OutageScope> scopes() {
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
        return String.join(", ", scopes.stream().map(OutageScope::label).toList());
    }
}
