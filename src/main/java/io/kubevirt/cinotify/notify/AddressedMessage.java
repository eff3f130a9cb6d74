// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

/**
 * A message for one destination of one channel: a row of the outbox.
 *
 * @param destination in the terms of the channel: a Slack channel, {@code org/repo#number}
 * @param guard permits the writing requests of this attempt
 */
public record AddressedMessage(String channel, String destination, OutgoingMessage message, WriteGuard guard) {
    /** Outside the outbox: every request is permitted. */
    public AddressedMessage(String channel, String destination, OutgoingMessage message) {
        this(channel, destination, message, WriteGuard.NONE);
    }

    /** Call immediately before each request that changes something at the other side; see {@link WriteGuard}. */
    public void beforeWrite() {
        guard.beforeWrite();
    }

    /** Hidden text by which the message is found again; the same for every attempt. */
    public String marker() {
        return "ci-notify:" + message.id();
    }

    /** Hidden text by which the root of the thread is found again; the same for every message of the thread. */
    public String rootMarker() {
        return "ci-notify:" + message.thread();
    }
}
