// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.mattermost;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Channels of Mattermost: {@code mattermost} in the configuration file. */
public record MattermostConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("URL of Mattermost, without api/v4.")
        String url,

        @JsonProperty(required = true)
        @JsonPropertyDescription("File with the access token of a bot account, relative to this file.")
        String tokenFile,

        @JsonProperty(required = true)
        @JsonPropertyDescription("Id of the channel, 26 characters (View Info in its menu). The bot must be a member.")
        String channel,

        @JsonPropertyDescription("Ids of channels by area, in place of the other.")
        Map<String, String> areas,

        @JsonPropertyDescription("User names on Mattermost by GitHub handle; only these people are mentioned.")
        Map<String, String> people,

        @JsonPropertyDescription(
                "Who can read the channels: public (everybody) or private, which gets private incidents too; default"
                        + " public.")
        Visibility visibility)
        implements ChannelConfig {
    /** Ids of posts and channels. */
    static final Pattern ID = Pattern.compile("[a-z0-9]{26}");

    /** Copies the maps; absent values get their defaults. */
    public MattermostConfig {
        areas = ConfigCollections.orEmpty(areas);
        people = ConfigCollections.orEmpty(people);
        visibility = Objects.requireNonNullElse(visibility, Visibility.PUBLIC);
    }

    @Override
    public void check(ConfigValidator check) {
        ChannelConfig.checkUrl(url, check, "url");
        checkId(channel, check, "channel");
        areas.forEach((area, id) -> {
            check.area(area, "areas", area);
            checkId(id, check, "areas", area);
        });
        people.forEach((handle, name) -> {
            if (!MattermostMarkup.isUser(name)) {
                check.report(
                        "\"" + name + "\" is not a user name of Mattermost",
                        "omit the @ and use lower case",
                        "people",
                        handle);
            }
        });
    }

    private static void checkId(String id, ConfigValidator check, Object... at) {
        if (!ID.matches(id)) {
            check.report(
                    "\"" + id + "\" is not the id of a channel on Mattermost",
                    "copy the id from View Info in the menu of the channel",
                    at);
        }
    }

    @Override
    public Map<List<String>, String> secretFiles() {
        return Map.of(List.of("tokenFile"), tokenFile);
    }

    @Override
    public Map<List<String>, String> urls() {
        return Map.of(List.of("url"), url);
    }

    @Override
    public Channel open(ChannelContext context) {
        Supplier<MattermostConfig> current = context.current(MattermostConfig.class, this);
        MessageRenderer renderer = MessageRenderer.of(MattermostMarkup.TEMPLATES, context, handle -> current.get()
                .people()
                .get(handle));
        return new MattermostChannel(
                new MattermostApi(context.httpClient(), current, context::secret), current, renderer);
    }

    String channelOf(String area) {
        return areas.getOrDefault(area, channel);
    }

    URI resource(String path) {
        return URI.create(url + (url.endsWith("/") ? "" : "/") + "api/v4/" + path);
    }
}
