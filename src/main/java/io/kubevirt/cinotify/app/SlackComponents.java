// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.config.ChannelConfigs;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.slack.ActionButtons;
import io.kubevirt.cinotify.notify.slack.BlockActionHandler;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackFormatter;
import io.kubevirt.cinotify.notify.slack.SlackRouting;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What Slack is made of.
 *
 * @param socket for the buttons; null for none
 */
record SlackComponents(
        SlackChannel channel,
        SlackFormatter layout,
        @Nullable SlackSocket socket) {

    /** Puts them together; empty if the deployment or the settings do not speak of Slack. */
    static Optional<SlackComponents> of(
            ServeConfig deployment, ConfigAgent settings, InstantSource clock, @Nullable IncidentActionSink requests) {
        ChannelConfigs targets = settings.get().channels();
        SlackRouting places = targets.slack();
        if (deployment.slackTokenFile().isEmpty() || places == null) {
            return Optional.empty();
        }
        SlackApi api = new SlackApi(
                deployment.slackEndpoint(),
                new SecretFile(deployment.slackTokenFile().get()),
                ChannelFactory.REQUEST_TIMEOUT);
        Supplier<SlackContext> directory = () -> directory(settings.get(), places);
        Supplier<Templates> templates = () -> settings.get().templates().of(TemplateSet.SLACK);
        ChannelConfigs.Buttons buttons = requests == null ? null : targets.buttons();
        ActionButtons row = buttons == null ? null : new ActionButtons(buttons.snooze());
        SlackFormatter layout =
                new SlackFormatter(templates, () -> settings.get().links(), directory, row);
        SlackSocket socket = buttons == null || row == null || requests == null
                ? null
                : new SlackSocket(
                        api, buttons.appToken(), new BlockActionHandler(api, directory, row, requests, clock));
        return Optional.of(new SlackComponents(new SlackChannel(api, directory, layout), layout, socket));
    }

    private static SlackContext directory(Config now, SlackRouting atStart) {
        return new SlackContext(
                ChannelFactory.currentOr(now.channels().slack(), atStart),
                now.roster(),
                now.memberOverrides(),
                now.sigs());
    }
}
