// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.DryRunChannel;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.jira.JiraChannel;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.jira.JiraFormatter;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.notify.webhook.WebhookChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Slack, webhooks and Jira, as far as deployment and settings speak of them at start. */
public final class ChannelFactory implements AutoCloseable {

    /** A write takes some calls, and must have come to an end within a minute. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final BoundedHttpClient server = new BoundedHttpClient(REQUEST_TIMEOUT);
    private final List<Channel> channels = new ArrayList<>();
    private final boolean dryRun;
    private @Nullable SlackSocket socket;

    private ChannelFactory(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /**
     * Opens them.
     *
     * @param requests takes what people want by Slack's buttons; null if nobody does, then there are none
     */
    static ChannelFactory of(
            ServeConfig deployment, ConfigAgent settings, InstantSource clock, @Nullable IncidentActionSink requests) {
        ChannelFactory targets = new ChannelFactory(deployment.dryRun());
        if (deployment.slackTokenFile().isPresent()) {
            SlackComponents.of(deployment, settings, clock, requests).ifPresent(targets::addSlack);
        }
        targets.add(
                new WebhookChannel(
                        targets.server, () -> settings.get().channels().webhooks()),
                AddressedMessage::marker);
        JiraConfig jira = settings.get().channels().jira();
        if (jira != null) {
            JiraFormatter text =
                    new JiraFormatter(() -> settings.get().templates().of(JiraFormatter.TEMPLATES), () -> settings.get()
                            .links());
            targets.add(
                    new JiraChannel(
                            targets.server,
                            () -> currentOr(settings.get().channels().jira(), jira),
                            text),
                    text::summary);
        }
        return targets;
    }

    private void addSlack(SlackComponents parts) {
        add(parts.channel(), parts.layout()::text);
        socket = dryRun ? null : parts.socket();
    }

    private void add(Channel channel, Function<AddressedMessage, String> shown) {
        channels.add(dryRun ? new DryRunChannel(channel, shown) : channel);
    }

    /** What the settings said at start stays for what is under way when they say nothing any more. */
    static <T> T currentOr(@Nullable T now, T before) {
        return now == null ? before : now;
    }

    /** Those that are open. */
    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    /** The socket of Slack's buttons; empty if there are none. */
    public Optional<SlackSocket> socket() {
        return Optional.ofNullable(socket);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        server.close();
    }
}
