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
import org.jspecify.annotations.Nullable;

/** A problem that others have seen. */
@Kept
final class ProblemCase extends Case {

    private final String key;
    private final CaseKind kind;
    private String title;
    private @Nullable String conversation;
    private Problem.@Nullable Need need;

    @JsonCreator
    ProblemCase(
            @JsonProperty("id") String id,
            @JsonProperty("key") String key,
            @JsonProperty("kind") CaseKind kind,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis) {
        super(id, openedAt, diagnosis);
        this.key = key;
        this.kind = kind;
        this.title = key;
    }

    /** Takes over what is said of it now. */
    void describe(Problem problem) {
        title = problem.title();
        conversation = problem.conversation();
        need = problem.need();
        judge(problem.diagnosis(), problem.blocking());
        name(problem.lanes());
        explain(problem.why());
    }

    @Override
    String key() {
        return keyOf(key);
    }

    /** Set apart from the keys of lanes and outages. */
    static String keyOf(String problem) {
        return "problem:" + problem;
    }

    @Override
    @Nullable String conversation() {
        return conversation;
    }

    @Override
    Problem.@Nullable Need need() {
        return need;
    }

    @Override
    String subject() {
        return key;
    }

    @Override
    CaseKind kind() {
        return kind;
    }

    @Override
    String title() {
        return title;
    }
}
