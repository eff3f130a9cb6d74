// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

/** The journal cannot keep anything now: the disk is full, the database is away. The cause goes to the log only. */
public final class JournalUnavailableException extends Exception {

    /** @param message what failed, for the operator's log; the sender of the delivery never sees it */
    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
