// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;

/**
 * A message as Slack knows it.
 *
 * @param channel the channel's id, not its name
 * @param ts the message's time stamp, which is its identity within the channel
 */
record SlackMessageRef(String channel, String ts) {

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws SendException as gone, if it is no message of Slack: such as one that a dry run never wrote
     */
    static SlackMessageRef parse(String text) throws SendException {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new SendException(new SendResult.TargetGone("\"" + text + "\" is no message of Slack"));
        }
        return new SlackMessageRef(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return channel + "/" + ts;
    }
}
