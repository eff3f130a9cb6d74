// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's word on a context of a commit, as the override plugin writes it (prow-contract §5): no run, but what merges
 * goes by it.
 *
 * @param sha the commit
 * @param context the name that the status has on the pull request
 * @param green whether the context was declared green; else that was taken back, and it is red again
 * @param at when it was written, where known
 */
public record ContextOverride(
        Repository repository,
        String sha,
        String context,
        boolean green,
        @Nullable Instant at) {

    /** Reads a {@code status} event; empty if it is something else. Never throws, whatever the payload is. */
    public static Optional<ContextOverride> read(JsonNode payload) {
        StatusEvent event = StatusEvent.of(payload);
        Optional<NotARunReason> writer = ForeignStatuses.detect(event).map(RunParseResult.NotARun::reason);
        boolean green = writer.filter(NotARunReason.OVERRIDDEN::equals).isPresent();
        boolean takenBack =
                writer.filter(NotARunReason.OVERRIDE_CANCELLED::equals).isPresent();
        return green || takenBack
                ? event.repository()
                        .map(repository ->
                                new ContextOverride(repository, event.sha(), event.context(), green, event.changed()))
                : Optional.empty();
    }
}
