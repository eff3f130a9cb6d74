// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.app;

import io.kubevirt.cinotify.architecture.violations.notify.Channel;

/** Sends past the outbox. */
final class CallsAChannel {

    private CallsAChannel() {}

    static String send(Channel channel) {
        return channel.post("hello");
    }
}
