// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * A Slack message.
 *
 * @param text shown where blocks are not, such as in notifications; mrkdwn
 */
record SlackMessage(String text, List<LayoutBlock> blocks) {
    SlackMessage {
        blocks = List.copyOf(blocks);
    }
}
