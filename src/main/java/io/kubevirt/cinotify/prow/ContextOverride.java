// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.RunParseResult.NotARunReason;
import io.kubevirt.cinotify.prow.StatusEvent.ForeignStatuses;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An {@code /override} of a context of a commit, as the override plugin writes it (prow-contract §5): not a run, but
 * Tide honors it. It is not green if the override was cancelled.
 */
public record ContextOverride(
        Repository repository,
        String sha,
        String context,
        boolean green,
        @Nullable Instant at) {
    /** Parses a {@code status} event; empty for anything else. Never throws, whatever the payload is. */
    public static Optional<ContextOverride> read(JsonNode payload) {
        StatusEvent event = StatusEvent.of(payload);
        Optional<NotARunReason> writer = ForeignStatuses.detect(event).map(RunParseResult.NotARun::reason);
        boolean green = writer.filter(NotARunReason.OVERRIDDEN::equals).isPresent();
        boolean cancelled =
                writer.filter(NotARunReason.OVERRIDE_CANCELLED::equals).isPresent();
        return green || cancelled
                ? event.repository()
                        .map(repository ->
                                new ContextOverride(repository, event.sha(), event.context(), green, event.changed()))
                : Optional.empty();
    }
}
