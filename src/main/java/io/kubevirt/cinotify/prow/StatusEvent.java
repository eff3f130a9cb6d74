// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a GitHub {@code status} event that are used. A field that is absent, null or of another type is an
 * empty text.
 *
 * @param sha the commit
 * @param state success, failure, error or pending
 * @param context the context on the pull request; not the job name
 * @param description the cleaned description
 * @param targetUrl the URL of the status
 * @param repository the repository of the event
 * @param changed when the status was written, if the event has it
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
                DescriptionCleaner.clean(JsonValues.text(payload.path("description"))),
                JsonValues.text(payload.path("target_url")),
                Repository.parse(JsonValues.text(payload.path("repository").path("full_name")))
                        .filter(RunUrl::isPlain),
                updated == null ? JsonValues.time(payload.path("created_at")) : updated);
    }
}
