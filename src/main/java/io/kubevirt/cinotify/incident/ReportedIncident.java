// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An incident that a detector outside this package reported. */
@Persisted
public final class ReportedIncident extends DetectedIncident {
    private final String key;
    private final IncidentKind kind;
    private String title;
    private @Nullable String conversation;
    private ReportedProblem.@Nullable Need need;

    @JsonCreator
    public ReportedIncident(
            @JsonProperty("id") String id,
            @JsonProperty("key") String key,
            @JsonProperty("kind") IncidentKind kind,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis) {
        super(id, openedAt, diagnosis);
        this.key = key;
        this.kind = kind;
        this.title = key;
    }

    @Override
    public ReportedIncident copy() {
        ReportedIncident copy = copyTo(new ReportedIncident(id(), key, kind, openedAt(), diagnosis()));
        copy.title = title;
        copy.conversation = conversation;
        copy.need = need;
        return copy;
    }

    public void update(ReportedProblem problem) {
        title = problem.title();
        conversation = problem.conversation();
        need = problem.need();
        setDiagnosis(problem.diagnosis(), problem.blocking());
        setLanes(problem.lanes());
        setWhy(problem.why());
    }

    @Override
    public String key() {
        return keyOf(key);
    }

    /** Distinct from the keys of lanes and outages. */
    static String keyOf(String problem) {
        return "problem:" + problem;
    }

    @Override
    public @Nullable String conversation() {
        return conversation;
    }

    @Override
    public ReportedProblem.@Nullable Need need() {
        return need;
    }

    @Override
    public String subject() {
        return key;
    }

    @Override
    public IncidentKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
