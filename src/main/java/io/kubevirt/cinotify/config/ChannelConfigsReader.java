// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.slack.SlackRouting;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where messages go. Files with secrets need not be there yet: they belong to the deployment. */
final class ChannelConfigsReader {

    private static final Duration SNOOZE = Duration.ofHours(4);
    private static final String ISSUE_TYPE = "Task";
    private static final String RESOLVE = "Done";
    private static final String REOPEN = "Reopen";

    private final ConfigFile file;
    private final Path folder;
    private final ChannelConfigsCheck check;

    /**
     * @param folder of the settings file
     * @param sigs null if they could not be read, so that names of SIGs are not judged
     */
    ChannelConfigsReader(YamlDocument yaml, ConfigFile file, Path folder, @Nullable SigDirectory sigs) {
        this.file = file;
        this.folder = folder;
        this.check = new ChannelConfigsCheck(yaml, file, sigs);
    }

    /** @throws InvalidConfigException with every slip */
    ChannelConfigs read() throws InvalidConfigException {
        SlackRouting slack = file.slack() == null ? null : slack(file.slack());
        ChannelConfigs.Buttons buttons = file.slack() == null || file.slack().buttons() == null
                ? null
                : buttons(file.slack().buttons());
        List<WebhookConfig> webhooks = new ArrayList<>();
        orNone(file.webhooks()).forEach((name, webhook) -> webhooks.add(webhook(name, webhook)));
        JiraConfig jira = file.jira() == null ? null : jira(file.jira());
        check.throwIfAny();
        return new ChannelConfigs(slack, buttons, webhooks, jira);
    }

    private SlackRouting slack(SlackConfig slack) {
        check.slackChannel(slack.channel(), "slack", "channel");
        orNone(slack.areas()).forEach((area, channel) -> {
            check.area(area, "slack", "areas", area);
            check.slackChannel(channel, "slack", "areas", area);
        });
        orNone(slack.sigs()).forEach((sig, channel) -> {
            check.sig(sig, "slack", "sigs", sig);
            check.slackChannel(channel, "slack", "sigs", sig);
        });
        return new SlackRouting(
                slack.channel(), orNone(slack.areas()), orNone(slack.sigs()), Boolean.TRUE.equals(slack.sigChannels()));
    }

    private ChannelConfigs.Buttons buttons(SlackConfig.Buttons buttons) {
        Duration snooze = buttons.snooze() == null ? SNOOZE : buttons.snooze();
        check.positive(snooze, "slack", "buttons", "snooze");
        return new ChannelConfigs.Buttons(secret(buttons.appTokenFile()), snooze);
    }

    private WebhookConfig webhook(String name, WebhookBlock webhook) {
        List<String> areas = webhook.areas() == null ? List.of() : webhook.areas();
        for (int index = 0; index < areas.size(); index++) {
            check.area(areas.get(index), "webhooks", name, "areas", index);
        }
        return new WebhookConfig(
                name,
                check.address(webhook.url(), "webhooks", name, "url"),
                webhook.secretFile() == null ? null : secret(webhook.secretFile()),
                Set.copyOf(areas),
                webhook.kinds() == null ? Set.of() : Set.copyOf(webhook.kinds()));
    }

    private JiraConfig jira(JiraBlock jira) {
        Map<String, JiraConfig.Board> boards = new HashMap<>();
        jira.areas().forEach((area, board) -> {
            check.area(area, "jira", "areas", area);
            check.jiraProject(board.project(), "jira", "areas", area, "project");
            boards.put(
                    area,
                    new JiraConfig.Board(
                            board.project(),
                            board.issueType() == null ? ISSUE_TYPE : board.issueType(),
                            board.component(),
                            board.labels() == null ? List.of() : board.labels()));
        });
        return new JiraConfig(
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
