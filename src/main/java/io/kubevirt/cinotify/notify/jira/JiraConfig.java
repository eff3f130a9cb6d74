// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues on Jira: {@code jira} in the configuration file. */
public record JiraConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("URL of Jira, without rest/api.")
        String url,

        @JsonProperty(required = true)
        @JsonPropertyDescription("File with a personal access token, relative to this file.")
        String tokenFile,

        @JsonProperty(required = true) @JsonPropertyDescription("Projects by area; other areas get no issues.")
        Map<String, Board> areas,

        @JsonProperty("resolve")
        @JsonPropertyDescription("Name of the transition that resolves an issue; default Done.")
        String resolveTransition,

        @JsonProperty("reopen")
        @JsonPropertyDescription("Name of the transition that reopens an issue; default Reopen.")
        String reopenTransition)
        implements ChannelConfig {
    private static final Pattern PROJECT = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Copies the map; absent values get their defaults. */
    public JiraConfig {
        areas = areas == null ? Map.of() : Map.copyOf(areas);
        resolveTransition = Objects.requireNonNullElse(resolveTransition, "Done");
        reopenTransition = Objects.requireNonNullElse(reopenTransition, "Reopen");
    }

    /** The issues of an area. */
    public record Board(
            @JsonProperty(required = true) @JsonPropertyDescription("Key of the project.")
            String project,

            @JsonPropertyDescription("Issue type; default Task.")
            String issueType,

            @JsonPropertyDescription("Component of the project.") @Nullable String component,

            @JsonPropertyDescription("Labels in addition to those of ci-notify.")
            List<String> labels) {
        /** Copies the list; absent values get their defaults. */
        public Board {
            issueType = Objects.requireNonNullElse(issueType, "Task");
            labels = labels == null ? List.of() : List.copyOf(labels);
        }
    }

    @Override
    public void check(ConfigValidator check) {
        ChannelConfig.checkUrl(url, check, "url");
        areas.forEach((area, board) -> {
            check.area(area, "areas", area);
            if (!PROJECT.matches(board.project())) {
                check.report(
                        "\"" + board.project() + "\" is not the key of a Jira project",
                        "use the part before the dash in the keys of its issues, such as CI",
                        "areas",
                        area,
                        "project");
            }
        });
    }

    @Override
    public Channel open(ChannelContext context) {
        JiraFormatter formatter = new JiraFormatter(context.templates(JiraFormatter.TEMPLATES), context.links());
        return new JiraChannel(
                context.httpClient(), context.current(JiraConfig.class, this), context::secret, formatter);
    }

    Optional<Board> board(String area) {
        return Optional.ofNullable(areas.get(area));
    }

    /** The URL of a resource of REST v2. */
    URI resource(String path) {
        return URI.create(url + (url.endsWith("/") ? "" : "/") + "rest/api/2/" + path);
    }
}
