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
package io.kubevirt.cinotify.incident.policy;

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
@Kept
final class OutageCase extends Case {

    private final TreeSet<Scope> scopes = new TreeSet<>();
    private final TreeSet<String> explained = new TreeSet<>();
    private final ArrayList<Long> tail = new ArrayList<>();
    private final @Nullable String cluster;

    @JsonCreator
    OutageCase(
            @JsonProperty("id") String id,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis,
            @JsonProperty("cluster") @Nullable String cluster) {
        super(id, openedAt, diagnosis);
        this.cluster = cluster;
    }

    /** It shows itself: from here on its tail begins anew. */
    void showsItself(Set<Scope> where, Instant at) {
        scopes.addAll(where);
        failed(at);
        tail.clear();
    }

    void explain(Entry entry) {
        add(entry);
        explained.add(entry.run().id());
    }

    /** A run that failed since the outage last showed itself. */
    void addToTail(Entry entry) {
        tail.add(entry.run().number());
    }

    void removeFromTail(Predicate<Long> runs) {
        tail.removeIf(runs);
    }

    boolean covers(String repository, @Nullable String ofCluster) {
        return scopes.contains(Scope.repository(repository))
                || (ofCluster != null && scopes.contains(Scope.cluster(ofCluster)));
    }

    boolean shares(Set<Scope> others) {
        return !Collections.disjoint(scopes, others);
    }

    boolean explains(String run) {
        return explained.contains(run);
    }

    boolean isOf(@Nullable String otherCluster) {
        return otherCluster != null && otherCluster.equals(cluster);
    }

    List<Long> tail() {
        return List.copyOf(tail);
    }

    Set<Scope> scopes() {
        return scopes;
    }

    @Override
    String key() {
        return id();
    }

    @Override
    String subject() {
        return scopes.toString();
    }

    @Override
    CaseKind kind() {
        return CaseKind.OUTAGE;
    }

    @Override
    String title() {
        return String.join(", ", scopes.stream().map(Scope::words).toList());
    }
}
