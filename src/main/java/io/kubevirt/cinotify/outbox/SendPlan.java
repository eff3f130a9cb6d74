// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.store.OutboxRow;
import io.kubevirt.cinotify.store.OutboxState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is next in a thread at a place.
 *
 * @param settled what needs not be said any more, by its sequence
 * @param step what is to be done; null for nothing
 */
record SendPlan(Map<Long, OutboxState> settled, @Nullable Step step) {

    /** Copies the map. */
    SendPlan {
        settled = Map.copyOf(settled);
    }

    /**
     * One call to a channel.
     *
     * @param row what it is for
     */
    record Step(SendAction action, OutboxRow row) {}
}
