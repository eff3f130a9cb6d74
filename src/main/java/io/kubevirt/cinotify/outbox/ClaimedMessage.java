// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.OutboxRow;
import io.kubevirt.cinotify.store.RootMessage;
import io.kubevirt.cinotify.store.ThreadKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done at a place that has been taken for it.
 *
 * @param claim the name under which the place was taken
 * @param claimedAt when
 * @param root what stood there then
 * @param certainFrom from when on what is not found is not there
 * @param message what to say; null if what is stored cannot be read
 */
record ClaimedMessage(
        String claim,
        Instant claimedAt,
        ThreadKey key,
        SendPlan.Step step,
        RootMessage root,
        Instant certainFrom,
        @Nullable OutgoingMessage message) {

    OutboxRow row() {
        return step.row();
    }

    /** Whether what it does not find is not there. */
    boolean isCertain() {
        return !claimedAt.isBefore(certainFrom);
    }
}
