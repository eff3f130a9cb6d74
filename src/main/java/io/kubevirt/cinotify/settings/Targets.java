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
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.jira.JiraSite;
import io.kubevirt.cinotify.notice.slack.SlackPlaces;
import io.kubevirt.cinotify.notice.webhook.WebhookTarget;
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
public record Targets(
        @Nullable SlackPlaces slack,
        @Nullable Buttons buttons,
        List<WebhookTarget> webhooks,
        @Nullable JiraSite jira) {

    /** Copies the list. */
    public Targets {
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
