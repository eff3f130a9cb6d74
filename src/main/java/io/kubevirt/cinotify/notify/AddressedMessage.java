// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

/**
 * One content at one place of one channel: what the outbox keeps a row of.
 *
 * @param destination where, in the channel's own words: a Slack channel, {@code org/repo#number}
 */
public record AddressedMessage(String channel, String destination, OutgoingMessage message) {

    /** By what it is found again at its place: hidden in what is written. The same for every attempt. */
    public String marker() {
        return "ci-notify:" + message.id();
    }

    /** By what the root of its thread is found again at its place. The same for everything in the thread. */
    public String rootMarker() {
        return "ci-notify:" + message.thread();
    }
}
