// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

/** A channel that also shows what will be said later, so that the night shows as much as the day. */
public interface Announcer extends Channel {

    /** Shows what will be said later, to whom and why. */
    SendResult announce(AddressedMessage message);

    /** Shows in a line that what was announced will not be said: it is over before anybody was told. */
    SendResult retract(AddressedMessage message);
}
