// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.roster.CalendarConfig;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What keeps channels and calendars of a valid configuration from working, or makes their secrets readable on the way. */
public final class ChannelWarnings {
    private static final Pattern SLACK_ID = Pattern.compile("[UW][A-Z0-9]{2,24}");
    private static final Pattern TEAM_ID = Pattern.compile("[TE][A-Z0-9]{2,24}");
    /** A service of the same host or pod needs no TLS. */
    private static final Pattern LOCAL = Pattern.compile("http://(localhost|127\\.0\\.0\\.1|\\[::1\\])([:/].*)?");

    private final Path folder;
    private final ConfigFile file;
    private final YamlDocument yaml;

    /**
     * @param folder that the configuration was loaded from
     * @throws InvalidConfigException if the files have become invalid meanwhile
     */
    public ChannelWarnings(Path folder, Config config) throws InvalidConfigException {
        this.folder = folder;
        this.file = config.file();
        this.yaml = new ConfigFolder(folder).yaml(ConfigLoader.FILE);
    }

    /** Ids that are none, and URLs that send secrets without encryption. */
    public List<ConfigProblem> settings() {
        List<ConfigProblem> warnings = new ArrayList<>();
        file.roster().members().forEach((handle, member) -> {
            if (member.slack() != null) {
                slackId(member.slack(), warnings, "roster", "members", handle, "slack");
            }
            member.slackIds().forEach((team, user) -> {
                Object[] at = {"roster", "members", handle, "slackIds", team};
                slackId(user, warnings, at);
                if (!TEAM_ID.matches(team)) {
                    warnings.add(warning("\"" + team + "\" is not the id of a workspace", "write it as T012AB3CD", at));
                }
            });
        });
        each(file.roster().calendars(), (index, calendar) -> {
            https(String.valueOf(calendar.url()), warnings, "roster", "calendars", index, "url");
            if (calendar.pagerDuty() != null) {
                https(calendar.pagerDuty().url(), warnings, "roster", "calendars", index, "pagerDuty", "url");
            }
        });
        file.channelBlocks()
                .forEach((key, block) -> block.urls().forEach((at, url) -> https(url, warnings, path(key, at))));
        return warnings;
    }

    /** Files with secrets that are not there: a problem only where the plugin runs. */
    public List<ConfigProblem> secretFiles() {
        List<ConfigProblem> warnings = new ArrayList<>();
        SlackConfig.Buttons buttons = file.slack() == null ? null : file.slack().buttons();
        if (buttons != null) {
            secret(buttons.appTokenFile(), warnings, "slack", "buttons", "appTokenFile");
            secret(buttons.signingSecretFile(), warnings, "slack", "buttons", "signingSecretFile");
        }
        each(file.roster().calendars(), (index, calendar) -> {
            secret(calendar.urlFile(), warnings, "roster", "calendars", index, "urlFile");
            if (calendar.pagerDuty() != null) {
                secret(
                        calendar.pagerDuty().tokenFile(),
                        warnings,
                        "roster",
                        "calendars",
                        index,
                        "pagerDuty",
                        "tokenFile");
            }
        });
        file.channelBlocks().forEach((key, block) -> block.secretFiles()
                .forEach((at, name) -> secret(name, warnings, path(key, at))));
        return warnings;
    }

    private static void each(List<CalendarConfig> calendars, BiConsumer<Integer, CalendarConfig> check) {
        for (int index = 0; index < calendars.size(); index++) {
            check.accept(index, calendars.get(index));
        }
    }

    private static Object[] path(String block, List<String> at) {
        return Stream.concat(Stream.of(block), at.stream()).toArray();
    }

    private void slackId(String id, List<ConfigProblem> warnings, Object... at) {
        if (!SLACK_ID.matches(id)) {
            warnings.add(warning(
                    "\"" + id + "\" is not a Slack user id, so this person is not mentioned and cannot use the buttons",
                    "copy the member ID from the profile on Slack, such as U012AB3CD",
                    at));
        }
    }

    private void https(String url, List<ConfigProblem> warnings, Object... at) {
        if (url.startsWith("http://") && !LOCAL.matches(url)) {
            warnings.add(
                    warning(url + " sends the secret or the notifications without encryption", "write https://", at));
        }
    }

    private void secret(@Nullable String name, List<ConfigProblem> warnings, Object... at) {
        if (name != null && !Files.isReadable(folder.resolve(name))) {
            warnings.add(warning(folder.resolve(name) + " cannot be read", "mount the secret there", at));
        }
    }

    private ConfigProblem warning(String problem, String hint, Object... at) {
        return yaml.problem(JsonPointers.of(at), JsonPointers.messagePrefix(JsonPointers.of(at)) + problem, hint);
    }
}
