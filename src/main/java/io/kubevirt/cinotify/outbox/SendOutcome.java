// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.notify.SendResult;

/** What became of an errand. */
sealed interface SendOutcome {

    /** It is there. */
    record Sent(String reference) implements SendOutcome {}

    /** It was there already. */
    record AlreadySent(String reference) implements SendOutcome {}

    /** It was only looked for, and is not there. */
    record NotFound() implements SendOutcome {}

    /** It was only looked for, and is not there yet; it may still come. */
    record NotFoundYet() implements SendOutcome {}

    /**
     * It is not there, or nobody knows.
     *
     * @param result anything but {@link SendResult.Sent}
     * @param uncertain whether an earlier attempt may have written it
     */
    record Failed(SendResult result, boolean uncertain) implements SendOutcome {}
}
