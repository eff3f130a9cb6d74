// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

/** A channel that shows deferred notifications at once, in addition to sending them later. */
public interface Announcer extends Channel {
    /** Shows a deferred notification. */
    SendResult announce(AddressedMessage message);

    /** Shows that a deferred notification is no longer needed. */
    SendResult retract(AddressedMessage message);
}
