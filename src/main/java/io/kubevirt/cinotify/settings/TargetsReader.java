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

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.jira.JiraSite;
import io.kubevirt.cinotify.notice.slack.SlackPlaces;
import io.kubevirt.cinotify.notice.webhook.WebhookTarget;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where messages go. Files with secrets need not be there yet: they belong to the deployment. */
final class TargetsReader {

    private static final Duration SNOOZE = Duration.ofHours(4);
    private static final String ISSUE_TYPE = "Task";
    private static final String RESOLVE = "Done";
    private static final String REOPEN = "Reopen";

    private final SettingsFile file;
    private final Path folder;
    private final TargetsCheck check;

    /**
     * @param folder of the settings file
     * @param sigs null if they could not be read, so that names of SIGs are not judged
     */
    TargetsReader(YamlDocument yaml, SettingsFile file, Path folder, @Nullable SigDirectory sigs) {
        this.file = file;
        this.folder = folder;
        this.check = new TargetsCheck(yaml, file, sigs);
    }

    /** @throws InvalidDocument with every slip */
    Targets read() throws InvalidDocument {
        SlackPlaces slack = file.slack() == null ? null : slack(file.slack());
        Targets.Buttons buttons = file.slack() == null || file.slack().buttons() == null
                ? null
                : buttons(file.slack().buttons());
        List<WebhookTarget> webhooks = new ArrayList<>();
        orNone(file.webhooks()).forEach((name, webhook) -> webhooks.add(webhook(name, webhook)));
        JiraSite jira = file.jira() == null ? null : jira(file.jira());
        check.finish();
        return new Targets(slack, buttons, webhooks, jira);
    }

    private SlackPlaces slack(SlackSettings slack) {
        check.slackChannel(slack.channel(), "slack", "channel");
        orNone(slack.areas()).forEach((area, channel) -> {
            check.area(area, "slack", "areas", area);
            check.slackChannel(channel, "slack", "areas", area);
        });
        orNone(slack.sigs()).forEach((sig, channel) -> {
            check.sig(sig, "slack", "sigs", sig);
            check.slackChannel(channel, "slack", "sigs", sig);
        });
        return new SlackPlaces(
                slack.channel(), orNone(slack.areas()), orNone(slack.sigs()), Boolean.TRUE.equals(slack.sigChannels()));
    }

    private Targets.Buttons buttons(SlackSettings.Buttons buttons) {
        Duration snooze = buttons.snooze() == null ? SNOOZE : buttons.snooze();
        check.positive(snooze, "slack", "buttons", "snooze");
        return new Targets.Buttons(secret(buttons.appTokenFile()), snooze);
    }

    private WebhookTarget webhook(String name, WebhookSettings webhook) {
        List<String> areas = webhook.areas() == null ? List.of() : webhook.areas();
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "webhooks", name, "areas", index);
        }
        return new WebhookTarget(
                name,
                check.address(webhook.url(), "webhooks", name, "url"),
                webhook.secretFile() == null ? null : secret(webhook.secretFile()),
                Set.copyOf(areas),
                webhook.kinds() == null ? Set.of() : Set.copyOf(webhook.kinds()));
    }

    private JiraSite jira(JiraSettings jira) {
        Map<String, JiraSite.Board> boards = new HashMap<>();
        jira.areas().forEach((area, board) -> {
            check.area(area, "jira", "areas", area);
            check.jiraProject(board.project(), "jira", "areas", area, "project");
            boards.put(
                    area,
                    new JiraSite.Board(
                            board.project(),
                            board.issueType() == null ? ISSUE_TYPE : board.issueType(),
                            board.component(),
                            board.labels() == null ? List.of() : board.labels()));
        });
        return new JiraSite(
                check.address(jira.url(), "jira", "url"),
                secret(jira.tokenFile()),
                boards,
                jira.resolve() == null ? RESOLVE : jira.resolve(),
                jira.reopen() == null ? REOPEN : jira.reopen());
    }

    private SecretFile secret(String name) {
        return new SecretFile(folder.resolve(name));
    }

    private static <T> Map<String, T> orNone(@Nullable Map<String, T> written) {
        return written == null ? Map.of() : written;
    }
}
