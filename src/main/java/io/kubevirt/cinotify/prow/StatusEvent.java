// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.RunParseResult.NotARun;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The used fields of a GitHub {@code status} event, empty if absent; the context is not the job name. */
record StatusEvent(
        String sha,
        String state,
        String context,
        String description,
        String targetUrl,
        Optional<Repository> repository,
        @Nullable Visibility visibility,
        @Nullable Instant changed,
        @Nullable String baseSha) {
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
                Visibility.ofRepository(payload),
                updated == null ? JsonValues.time(payload.path("created_at")) : updated,
                DescriptionCleaner.baseSha(JsonValues.text(payload.path("description"))));
    }

    /**
     * Recognizes the statuses that Prow's other components write on the commits of runs (prow-contract §5). Some of
     * them keep the URL of a run, so they are recognized by their description, before the URL is parsed.
     */
    static final class ForeignStatuses {
        private static final Set<String> GITHUB_STATES = Set.of("pending", "success", "failure", "error");

        private ForeignStatuses() {}

        /** Why the event is not about a run; empty if it may be. */
        static Optional<NotARun> detect(StatusEvent event) {
            String description = event.description();
            if (event.context().equals("tide")) {
                return notARun(NotARunReason.TIDE, "tide reports whether the pull request can merge", description);
            }
            if (description.startsWith("Overridden by ")) {
                return notARun(NotARunReason.OVERRIDDEN, "the context was overridden with /override", description);
            }
            if (description.startsWith("Override cancelled by ")) {
                return notARun(NotARunReason.OVERRIDE_CANCELLED, "an override was cancelled", description);
            }
            if (description.equals("Skipped") || description.equals("Skipped.")) {
                return notARun(NotARunReason.SKIPPED, "the job does not need to run", description);
            }
            if (description.startsWith("Context retired")) {
                return notARun(NotARunReason.CONTEXT_RETIRED, "the job was removed or renamed", description);
            }
            if (!GITHUB_STATES.contains(event.state())) {
                return notARun(NotARunReason.MALFORMED, "the event has an unknown state", event.state());
            }
            return Optional.empty();
        }

        private static Optional<NotARun> notARun(NotARunReason reason, String why, String text) {
            return Optional.of(NotARun.quoting(reason, why, text));
        }
    }
}
