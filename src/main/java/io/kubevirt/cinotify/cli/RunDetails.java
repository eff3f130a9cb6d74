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

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.RunTimes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a description of a run may say beside the job: pull requests, times, annotations. */
record RunDetails(JsonNode described) {

    /** Either one by {@code pull} and {@code sha}, or several by {@code pulls}, each a number or an object. */
    List<Pull> pulls() {
        List<Pull> pulls = new ArrayList<>();
        if (described.path("pull").canConvertToInt()) {
            pulls.add(new Pull(described.path("pull").intValue(), null, RunReader.text(described, "sha")));
        }
        for (JsonNode pull : described.path("pulls")) {
            if (pull.canConvertToInt()) {
                pulls.add(Pull.numbered(pull.intValue()));
            } else if (pull.path("number").canConvertToInt()) {
                pulls.add(new Pull(
                        pull.path("number").intValue(), RunReader.text(pull, "author"), RunReader.text(pull, "sha")));
            }
        }
        return pulls;
    }

    Map<String, String> annotations() {
        Map<String, String> annotations = new HashMap<>();
        described
                .path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    /** @throws Unclear if a time is no instant */
    RunTimes times() throws Unclear {
        return new RunTimes(
                first("startedAt").orElse(null),
                null,
                first("finishedAt", "completedAt").orElse(null));
    }

    /**
     * The first of these that is there.
     *
     * @throws Unclear if it is no instant
     */
    Optional<Instant> first(String... fields) throws Unclear {
        for (String field : fields) {
            String written = RunReader.text(described, field);
            if (written != null) {
                try {
                    return Optional.of(Instant.parse(written));
                } catch (DateTimeParseException e) {
                    throw new Unclear(
                            field + " is \"" + written + "\", which is no instant such as 2026-07-15T10:00:00Z");
                }
            }
        }
        return Optional.empty();
    }
}
