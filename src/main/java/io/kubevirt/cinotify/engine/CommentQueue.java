// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

/**
 * The comment code as the event loop sees it. No method waits for GitHub; deliveries are looked into on a thread of the
 * implementation.
 */
public interface CommentQueue extends AutoCloseable {
    /** Whether a delivery has been offered and is not settled yet. */
    boolean isQueued(String deliveryId);

    /** Queues a delivery whose event can carry commands. The implementation settles it in the journal. */
    void offer(String deliveryId);

    /**
     * Decides the comments that are ready, each in its own transaction.
     *
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if the store fails; the comment is decided on the next call
     */
    void decideAll();

    /** Starts looking into what was offered; {@code onReady} runs when there is something to decide. */
    void wake(Runnable onReady);

    /** Interrupts what is in progress; the next start repeats it. */
    @Override
    void close();
}
