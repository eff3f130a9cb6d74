// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Map;

/**
 * What became of all that was received. The first promise of the design: nothing is lost, so the parts are the whole.
 *
 * @param received everything in the journal
 * @param delivered led to a message that was sent
 * @param suppressed led to nothing, by reason
 * @param deferred led to a message that will be sent later
 * @param failed could not be understood or sent, and will not be tried again
 * @param inProgress is being worked on
 */
public record DeliveryCounts(
        long received, long delivered, Map<String, Long> suppressed, long deferred, long failed, long inProgress) {

    /** Copies the map. */
    public DeliveryCounts {
        suppressed = Map.copyOf(suppressed);
    }

    /** Whatever is in none of the parts, or in two: zero, or something is wrong. */
    public long unaccounted() {
        long silent = suppressed.values().stream().mapToLong(Long::longValue).sum();
        return received - delivered - silent - deferred - failed - inProgress;
    }
}
