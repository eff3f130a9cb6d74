// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;

/**
 * A reference to a message.
 *
 * @param channel the id of the channel
 * @param ts the time stamp, which is the id within the channel
 */
record SlackMessageRef(String channel, String ts) {
    /**
     * Parses {@link #toString}.
     *
     * @throws SendException with TargetGone if it is not a reference, such as one of a dry run
     */
    static SlackMessageRef parse(String text) throws SendException {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new SendException(new SendResult.TargetGone("\"" + text + "\" is not a Slack message"));
        }
        return new SlackMessageRef(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return channel + "/" + ts;
    }
}
