/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.slack;

import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;

/**
 * A message as Slack knows it.
 *
 * @param channel the channel's id, not its name
 * @param ts the message's time stamp, which is its identity within the channel
 */
record SlackReference(String channel, String ts) {

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws Failed as gone, if it is no message of Slack: such as one that a dry run never wrote
     */
    static SlackReference parse(String text) throws Failed {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new Failed(new Receipt.Gone("\"" + text + "\" is no message of Slack"));
        }
        return new SlackReference(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return channel + "/" + ts;
    }
}
