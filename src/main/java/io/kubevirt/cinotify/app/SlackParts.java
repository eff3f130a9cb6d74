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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.notice.Requests;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.slack.ButtonPresses;
import io.kubevirt.cinotify.notice.slack.ButtonRow;
import io.kubevirt.cinotify.notice.slack.SlackApi;
import io.kubevirt.cinotify.notice.slack.SlackChannel;
import io.kubevirt.cinotify.notice.slack.SlackDirectory;
import io.kubevirt.cinotify.notice.slack.SlackLayout;
import io.kubevirt.cinotify.notice.slack.SlackPlaces;
import io.kubevirt.cinotify.notice.slack.SlackSocket;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.Targets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Slack is made of.
 *
 * @param socket for the buttons; null for none
 */
record SlackParts(
        SlackChannel channel, SlackLayout layout, @Nullable SlackSocket socket) {

    /** Puts them together; empty if the deployment or the settings do not speak of Slack. */
    static Optional<SlackParts> of(
            Deployment deployment, LiveSettings settings, InstantSource clock, @Nullable Requests requests) {
        Targets targets = settings.get().targets();
        SlackPlaces places = targets.slack();
        if (deployment.slackTokenFile().isEmpty() || places == null) {
            return Optional.empty();
        }
        SlackApi api = new SlackApi(
                deployment.slackEndpoint(),
                new SecretFile(deployment.slackTokenFile().get()),
                OpenTargets.PATIENCE);
        Supplier<SlackDirectory> directory = () -> directory(settings.get(), places);
        Supplier<Templates> templates = () -> settings.get().templates().of(TemplateSet.SLACK);
        Targets.Buttons buttons = requests == null ? null : targets.buttons();
        ButtonRow row = buttons == null ? null : new ButtonRow(buttons.snooze());
        SlackLayout layout = new SlackLayout(templates, () -> settings.get().links(), directory, row);
        SlackSocket socket = buttons == null || row == null || requests == null
                ? null
                : new SlackSocket(api, buttons.appToken(), new ButtonPresses(api, directory, row, requests, clock));
        return Optional.of(new SlackParts(new SlackChannel(api, directory, layout), layout, socket));
    }

    private static SlackDirectory directory(Settings now, SlackPlaces atStart) {
        return new SlackDirectory(
                OpenTargets.orElse(now.targets().slack(), atStart), now.roster(), now.overlay(), now.sigs());
    }
}
