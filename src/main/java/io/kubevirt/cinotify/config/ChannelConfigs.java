// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.slack.SlackRouting;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go beside GitHub.
 *
 * @param slack which Slack channel hears of what; null if the settings have no Slack
 * @param buttons what it takes to have buttons there; null for none
 * @param webhooks who gets JSON
 * @param jira where the boards are; null for none
 */
public record ChannelConfigs(
        @Nullable SlackRouting slack,
        @Nullable Buttons buttons,
        List<WebhookConfig> webhooks,
        @Nullable JiraConfig jira) {

    /** Copies the list. */
    public ChannelConfigs {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * What it takes to have buttons on Slack.
     *
     * @param appToken the app-level token
     * @param snooze for how long the button silences an incident
     */
    public record Buttons(SecretFile appToken, Duration snooze) {}
}
