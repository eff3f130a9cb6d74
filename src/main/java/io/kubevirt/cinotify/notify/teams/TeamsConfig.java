// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.teams;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Channels of Microsoft Teams: {@code teams} in the configuration file. */
public record TeamsConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "File with the URL of a workflow (When a Teams webhook request is received), relative to this file. The URL is"
                        + " a secret.")
        String urlFile,

        @JsonPropertyDescription("Files with the URLs of other workflows by area, in place of the other.")
        Map<String, String> areas,

        @JsonPropertyDescription(
                "Who can read the channels: public (everybody) or private, which gets private incidents too; default"
                        + " public.")
        Visibility visibility)
        implements ChannelConfig {
    /** The destination of all areas without a workflow of their own. */
    static final String DEFAULT = "default";

    /** Copies the map; absent values get their defaults. */
    public TeamsConfig {
        areas = ConfigCollections.orEmpty(areas);
        visibility = Objects.requireNonNullElse(visibility, Visibility.PUBLIC);
    }

    @Override
    public void check(ConfigValidator check) {
        areas.keySet().forEach(area -> check.area(area, "areas", area));
    }

    @Override
    public Map<List<String>, String> secretFiles() {
        Map<List<String>, String> files = new LinkedHashMap<>();
        files.put(List.of("urlFile"), urlFile);
        areas.forEach((area, file) -> files.put(List.of("areas", area), file));
        return files;
    }

    @Override
    public Channel open(ChannelContext context) {
        return new TeamsChannel(
                context.httpClient(),
                context.current(TeamsConfig.class, this),
                context::secret,
                MessageRenderer.of(TeamsCard.TEMPLATES, context, handle -> null));
    }

    String destinationOf(String area) {
        return areas.containsKey(area) ? area : DEFAULT;
    }

    String urlFileOf(String destination) {
        return areas.getOrDefault(destination, urlFile);
    }
}
