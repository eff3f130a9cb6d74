// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

/** Permits the writing requests of one attempt, as long as no other replica may have taken the message over. */
@FunctionalInterface
public interface WriteGuard {
    /** Permits everything; for previews and tests of a channel alone. */
    WriteGuard NONE = () -> {};

    /**
     * Call immediately before each request that changes something at the other side. Records that its outcome is unknown from
     * now on, so that a message is looked up even if this process dies.
     *
     * @throws DeniedException if the request must not be sent; channels let it pass
     */
    void beforeWrite();

    /** The request was not sent. */
    final class DeniedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param reason a sentence for the operator */
        public DeniedException(String reason) {
            super(reason, null, false, false);
        }
    }
}
