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
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is used of a GitHub {@code status} event. Whatever is absent, null or of another type reads as an empty text.
 *
 * @param sha the commit
 * @param state success, failure, error or pending
 * @param context the name that the status has on the pull request; not the job's name
 * @param description the words, cleaned
 * @param targetUrl the address behind the status
 * @param repository the repository of the event
 * @param changed when the status was written, where the event says so
 */
record StatusEvent(
        String sha,
        String state,
        String context,
        String description,
        String targetUrl,
        Optional<Repository> repository,
        @Nullable Instant changed) {

    static StatusEvent of(JsonNode payload) {
        Instant updated = JsonValues.time(payload.path("updated_at"));
        return new StatusEvent(
                JsonValues.text(payload.path("sha")),
                JsonValues.text(payload.path("state")),
                JsonValues.text(payload.path("context")),
                Description.clean(JsonValues.text(payload.path("description"))),
                JsonValues.text(payload.path("target_url")),
                Repository.parse(JsonValues.text(payload.path("repository").path("full_name")))
                        .filter(RunUrl::isPlain),
                updated == null ? JsonValues.time(payload.path("created_at")) : updated);
    }
}
