// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

/** The journal cannot store deliveries: the disk is full, or the database is unreachable. */
public final class JournalUnavailableException extends Exception {
    /** The message is for the log; the sender of the delivery does not see it. */
    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
