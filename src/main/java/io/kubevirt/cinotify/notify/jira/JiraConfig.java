// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
        @JsonPropertyDescription(
                "File with the token, relative to this file: an API token of jira.user (Jira Cloud) or a personal access"
                        + " token (Data Center).")
        String tokenFile,

        @JsonPropertyDescription("E-mail address of the account on Jira Cloud; none for Data Center.") @Nullable String user,

        @JsonProperty(required = true) @JsonPropertyDescription("Projects by area; other areas get no issues.")
        Map<String, Board> areas,

        @JsonProperty("resolve")
        @JsonPropertyDescription("Name of the transition that resolves an issue; default Done.")
        String resolveTransition,

        @JsonProperty("reopen")
        @JsonPropertyDescription("Name of the transition that reopens an issue; default Reopen.")
        String reopenTransition,

        @JsonPropertyDescription(
                "Who can read the projects: public (everybody) or private, which gets private incidents too; default"
                        + " public.")
        Visibility visibility)
        implements ChannelConfig {
    private static final String CLOUD = ".atlassian.net";
    private static final Pattern PROJECT = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Copies the map; absent values get their defaults. */
    public JiraConfig {
        areas = areas == null ? Map.of() : Map.copyOf(areas);
        resolveTransition = Objects.requireNonNullElse(resolveTransition, "Done");
        reopenTransition = Objects.requireNonNullElse(reopenTransition, "Reopen");
        visibility = Objects.requireNonNullElse(visibility, Visibility.PUBLIC);
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
        if (user == null && url.contains(CLOUD)) {
            check.report(url + " is Jira Cloud, which needs an account", "set jira.user to its e-mail address", "url");
        }
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
    public Map<List<String>, String> secretFiles() {
        return Map.of(List.of("tokenFile"), tokenFile);
    }

    @Override
    public Map<List<String>, String> urls() {
        return Map.of(List.of("url"), url);
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

    /** The URL of a resource of REST v2, whose texts are wiki markup on Cloud and Data Center. */
    URI resource(String path) {
        return rest("2/" + path);
    }

    /**
     * The URL of the search.
     *
     * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/">Jira Cloud, which
     *     removed the former search</a>
     * @see <a href="https://developer.atlassian.com/server/jira/platform/rest/">Data Center, which has only v2</a>
     */
    URI search() {
        return rest(user == null ? "2/search" : "3/search/jql");
    }

    private URI rest(String path) {
        return URI.create(url + (url.endsWith("/") ? "" : "/") + "rest/api/" + path);
    }

    /**
     * The Authorization header.
     *
     * @see <a href="https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/">Basic on Jira Cloud</a>
     * @see <a href="https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html">Bearer on Data
     *     Center</a>
     */
    String authorization(String token) {
        return user == null
                ? "Bearer " + token
                : "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }
}
