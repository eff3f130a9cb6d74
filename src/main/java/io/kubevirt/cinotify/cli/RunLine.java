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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as a line of a history; what {@link RunReader} and {@link RunDetails} read. */
final class RunLine {

    private RunLine() {}

    /** @param at when it was counted */
    static ObjectNode of(JobRun run, Instant at, ObjectNode line) {
        put(line, "job", run.job());
        put(line, "type", run.type().prowName());
        put(line, "state", run.state().prowName());
        put(line, "repo", run.repository() == null ? null : run.repository().fullName());
        put(line, "baseRef", run.baseRef());
        if (!run.pulls().isEmpty()) {
            ArrayNode pulls = line.putArray("pulls");
            for (Pull pull : run.pulls()) {
                ObjectNode described = pulls.addObject().put("number", pull.number());
                put(described, "author", pull.author());
                put(described, "sha", pull.sha());
            }
        }
        put(line, "cluster", run.cluster());
        put(line, "buildId", run.buildId());
        put(line, "url", run.url());
        put(line, "description", run.description().isEmpty() ? null : run.description());
        put(line, "startedAt", text(run.times().started()));
        put(line, "finishedAt", text(run.times().completed()));
        put(line, "observedAt", at.toString());
        if (!run.annotations().isEmpty()) {
            ObjectNode annotations = line.putObject("annotations");
            run.annotations().forEach(annotations::put);
        }
        return line;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static void put(ObjectNode line, String field, @Nullable String value) {
        if (value != null) {
            line.put(field, value);
        }
    }
}
