// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The used fields of a GitHub {@code status} event, empty if absent; the context is not the job name. */
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
