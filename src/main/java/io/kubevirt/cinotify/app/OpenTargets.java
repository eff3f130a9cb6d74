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

import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.DryRun;
import io.kubevirt.cinotify.notice.Requests;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.http.Server;
import io.kubevirt.cinotify.notice.jira.JiraChannel;
import io.kubevirt.cinotify.notice.jira.JiraSite;
import io.kubevirt.cinotify.notice.jira.JiraText;
import io.kubevirt.cinotify.notice.slack.SlackSocket;
import io.kubevirt.cinotify.notice.webhook.WebhookChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Slack, webhooks and Jira, as far as deployment and settings speak of them at start. */
public final class OpenTargets implements AutoCloseable {

    /** A write takes some calls, and must have come to an end within a minute. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Server server = new Server(PATIENCE);
    private final List<Channel> channels = new ArrayList<>();
    private final boolean dryRun;
    private @Nullable SlackSocket socket;

    private OpenTargets(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /**
     * Opens them.
     *
     * @param requests takes what people want by Slack's buttons; null if nobody does, then there are none
     */
    static OpenTargets of(
            Deployment deployment, LiveSettings settings, InstantSource clock, @Nullable Requests requests) {
        OpenTargets targets = new OpenTargets(deployment.dryRun());
        if (deployment.slackTokenFile().isPresent()) {
            SlackParts.of(deployment, settings, clock, requests).ifPresent(targets::addSlack);
        }
        targets.add(
                new WebhookChannel(
                        targets.server, () -> settings.get().targets().webhooks()),
                Saying::marker);
        JiraSite jira = settings.get().targets().jira();
        if (jira != null) {
            JiraText text = new JiraText(() -> settings.get().templates().of(JiraText.TEMPLATES), () -> settings.get()
                    .links());
            targets.add(
                    new JiraChannel(
                            targets.server,
                            () -> orElse(settings.get().targets().jira(), jira),
                            text),
                    text::summary);
        }
        return targets;
    }

    private void addSlack(SlackParts parts) {
        add(parts.channel(), parts.layout()::text);
        socket = dryRun ? null : parts.socket();
    }

    private void add(Channel channel, Function<Saying, String> shown) {
        channels.add(dryRun ? new DryRun(channel, shown) : channel);
    }

    /** What the settings said at start stays for what is under way when they say nothing any more. */
    static <T> T orElse(@Nullable T now, T before) {
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
