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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Requests;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Makes requests of the buttons that members of the group use; others are told that they cannot. */
public final class ButtonPresses {

    private static final Logger LOG = Logger.getLogger(ButtonPresses.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SlackApi api;
    private final Supplier<SlackDirectory> directory;
    private final ButtonRow row;
    private final Requests requests;
    private final InstantSource clock;

    /** @param requests where the wishes go */
    public ButtonPresses(
            SlackApi api, Supplier<SlackDirectory> directory, ButtonRow row, Requests requests, InstantSource clock) {
        this.api = api;
        this.directory = directory;
        this.row = row;
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * Takes what Slack sends of a button.
     *
     * @return whether Slack may be told that it has arrived; if not, it shows the person that it did not work
     */
    boolean take(String payload) {
        try {
            Optional<ButtonPress> press = ButtonPress.read(JSON.readTree(payload));
            press.ifPresent(this::take);
            return true;
        } catch (JsonProcessingException e) {
            LOG.warnf("Slack sent something that is not JSON for a button: %s", e.getOriginalMessage());
            return true;
        } catch (RuntimeException e) {
            LOG.error("a button could not be taken; the person sees that, and can use it again", e);
            return false;
        }
    }

    private void take(ButtonPress press) {
        Optional<String> member = directory.get().memberOf(press.user());
        if (member.isPresent()) {
            requests.submit(press.command(member.get(), clock.instant(), row.snooze()));
        } else {
            refuse(press);
        }
    }

    /** Only that person sees it; if it cannot be said, nothing is lost. */
    private void refuse(ButtonPress press) {
        LOG.infof("Slack user %s used a button, but is no member of the group", press.user());
        try {
            api.ask(
                    press.channel(),
                    methods -> methods.chatPostEphemeral(post -> post.channel(press.channel())
                            .user(press.user())
                            .text("This is for the members of the group whose Slack ids are in the settings:"
                                    + " ask one of them to add yours.")));
        } catch (Failed e) {
            LOG.infof("the person could not be told: %s", e.receipt());
        }
    }
}
