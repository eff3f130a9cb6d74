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
package io.kubevirt.cinotify.notice.console;

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Prints messages, one paragraph each. */
public final class ConsoleChannel {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OutputStream out;

    /** @param out where to print, in UTF-8 */
    public ConsoleChannel(OutputStream out) {
        this.out = out;
    }

    /** Says a message. */
    public Delivery send(Message message, List<String> why) {
        return print(ConsoleText.said(message, why));
    }

    /** Shows what will be said later, to whom and why, so that the night shows as much as the day. */
    public Delivery announce(Message message, List<String> why) {
        return print(ConsoleText.deferred(message, why));
    }

    private Delivery print(String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new Delivery.Sent();
        } catch (IOException e) {
            return new Delivery.Retry(PAUSE, "standard output takes nothing (" + e.getMessage() + ")");
        }
    }
}
