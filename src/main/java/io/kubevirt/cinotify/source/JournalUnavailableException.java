// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

/** The journal cannot store deliveries: the disk is full, or the database is unreachable. */
public final class JournalUnavailableException extends Exception {

    /** @param message for the log; not sent to the sender of the delivery */
    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
