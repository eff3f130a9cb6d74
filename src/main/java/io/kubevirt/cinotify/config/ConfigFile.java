// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.bump.BumpConfig;
import io.kubevirt.cinotify.command.CommandConfig;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.digest.DigestConfig;
import io.kubevirt.cinotify.incident.LaneTitle;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.DestinationConfig;
import io.kubevirt.cinotify.notify.email.EmailChannel;
import io.kubevirt.cinotify.notify.email.EmailConfig;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.jira.JiraChannel;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.jira.JiraFormatter;
import io.kubevirt.cinotify.notify.mattermost.MattermostChannel;
import io.kubevirt.cinotify.notify.mattermost.MattermostConfig;
import io.kubevirt.cinotify.notify.pagerduty.PagerDutyChannel;
import io.kubevirt.cinotify.notify.pagerduty.PagerDutyConfig;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.teams.TeamsChannel;
import io.kubevirt.cinotify.notify.teams.TeamsConfig;
import io.kubevirt.cinotify.notify.template.Guidance;
import io.kubevirt.cinotify.notify.template.LinkTemplate;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.webhook.WebhookChannel;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import io.kubevirt.cinotify.prow.ProwConfig;
import io.kubevirt.cinotify.prow.ProwSettings;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.RosterConfig;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.RoutingConfig;
import io.kubevirt.cinotify.suspect.SuspectConfig;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file: one component per block. A block is a record in the package that uses it, with its defaults in
 * its compact constructor and its own {@code check}. {@code config/ci-notify.schema.json} and docs/settings.md are
 * generated from these records.
 */
public record ConfigFile(
        @JsonProperty(required = true) @JsonPropertyDescription("Host names and job names of this Prow deployment.")
        ProwConfig prow,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The areas of responsibility of the operations group; every incident has exactly one.")
        Map<String, Area> areas,

        @JsonProperty(required = true) @JsonPropertyDescription("The documents that define who is on call.")
        RosterConfig roster,

        @JsonProperty(required = true) @JsonPropertyDescription("What the states and descriptions of Prow mean.")
        Diagnosis diagnosis,

        @JsonProperty(required = true) @JsonPropertyDescription("Which SIG and area own the failures of each job.")
        RoutingConfig routing,

        @JsonPropertyDescription(
                "How late jobs may be. If absent, jobs that do not run are not reported. Requires a source that sees"
                        + " every run: the ProwJob watch or Deck.")
        @Nullable StalenessThresholds timeliness,

        @JsonPropertyDescription("When failures become an incident, and when it closes.")
        Thresholds incidents,

        @JsonPropertyDescription("Pull requests opened by bots; not watched if absent.") @Nullable BumpConfig bumps,

        @JsonPropertyDescription("How changes before the first red of a lane are weighed.")
        SuspectConfig suspects,

        @JsonPropertyDescription("Slack channels; requires --slack-token-file.") @Nullable SlackConfig slack,

        @JsonPropertyDescription(
                "Webhooks that receive notifications as JSON (config/webhook.schema.json), by a name of your choice.")
        @Nullable Map<String, WebhookConfig> webhooks,

        @JsonPropertyDescription("Jira projects.") @Nullable JiraConfig jira,

        @JsonPropertyDescription("Channels of Mattermost.") @Nullable MattermostConfig mattermost,

        @JsonPropertyDescription("Alerts on PagerDuty for blocking incidents that nobody answers.") @Nullable PagerDutyConfig pagerduty,

        @JsonPropertyDescription("Channels of Microsoft Teams.") @Nullable TeamsConfig teams,

        @JsonPropertyDescription("Notification by e-mail.") @Nullable EmailConfig email,

        @JsonPropertyDescription("Rate limits, retries and the heartbeat.")
        SendingConfig sending,

        @JsonPropertyDescription(
                "Who may see what, by organization or org/repo: public or private; * is everything else, also jobs"
                        + " without a repository. A repository that a webhook or deck shows as private is private unless"
                        + " its own entry says public. Runs of hidden jobs are private. What is not known to be public is"
                        + " not shown in public.")
        Map<String, Visibility> visibility,

        @JsonPropertyDescription(
                "Destinations of single repositories, organizations or jobs; the first that matches an incident counts."
                        + " Private incidents are sent only to destinations that are marked private here, to jira if it is"
                        + " marked private, and to issues and pull requests of their own repository. Destinations without"
                        + " a mark are public.")
        List<DestinationConfig> destinations,

        @JsonPropertyDescription("For how many days the store keeps what.")
        RetentionConfig retention,

        @JsonPropertyDescription("Links in messages in addition to the link to the run, in order.")
        List<LinkTemplate> links,

        @JsonPropertyDescription("Names of lanes in titles of messages, instead of those derived from names of jobs.")
        List<LaneTitle> titles,

        @JsonPropertyDescription(
                "Next steps and runbooks in messages. A known issue is more specific than a rule, a rule than an area, an"
                        + " area than a cause.")
        List<Guidance> guidance,

        @JsonPropertyDescription("Issues and comments on GitHub; none if absent.") @Nullable GitHubConfig github,

        @JsonPropertyDescription(
                "Where the artifacts of runs are stored, and what they mean. If absent, no artifact is fetched, and"
                        + " the routing rule of the job decides the cause.")
        @Nullable EvidenceConfig evidence,

        @JsonPropertyDescription("Failures that somebody already works on, each until a date.")
        List<KnownIssue> knownIssues,

        @JsonPropertyDescription(
                "Repositories with further known issues: open issues with a block that docs/alerting.md describes. Read"
                        + " every hour.")
        List<KnownIssueRepository> knownIssuesFrom,

        @JsonPropertyDescription("Digests that are sent before meetings; none if absent.") @Nullable DigestConfig digests,

        @JsonPropertyDescription(
                "Where operators read that a message was given up: one notice for each such message and destination. Only the log if absent.")
        DigestConfig.@Nullable Destination operators,

        @JsonPropertyDescription("Commands in comments and messages.")
        CommandConfig commands) {
    /** Every channel, with its templates. A new channel has a component, an entry here and one in {@link #channelBlocks}. */
    static final Map<String, TemplateSet> CHANNELS = Map.of(
            "console",
            TemplateSet.PLAIN,
            GitHubChannel.NAME,
            TemplateSet.GITHUB,
            JiraChannel.NAME,
            JiraFormatter.TEMPLATES,
            MattermostChannel.NAME,
            MattermostChannel.TEMPLATES,
            PagerDutyChannel.NAME,
            TemplateSet.PLAIN,
            SlackChannel.NAME,
            TemplateSet.SLACK,
            TeamsChannel.NAME,
            TeamsChannel.TEMPLATES,
            EmailChannel.NAME,
            EmailChannel.TEMPLATES,
            WebhookChannel.NAME,
            TemplateSet.PLAIN);

    private static final Pattern VISIBILITY_KEY = Pattern.compile("[*]|[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9._-]+)?");

    /** Fills in the defaults. */
    public ConfigFile {
        areas = ConfigCollections.orEmpty(areas);
        incidents = incidents == null ? Thresholds.DEFAULTS : incidents;
        suspects = suspects == null ? SuspectConfig.DEFAULTS : suspects;
        sending = sending == null ? SendingConfig.DEFAULTS : sending;
        visibility = ignoringCase(visibility);
        destinations = ConfigCollections.orEmpty(destinations);
        retention = retention == null ? RetentionConfig.DEFAULTS : retention;
        links = ConfigCollections.orEmpty(links);
        titles = ConfigCollections.orEmpty(titles);
        guidance = ConfigCollections.orEmpty(guidance);
        knownIssues = ConfigCollections.orEmpty(knownIssues);
        knownIssuesFrom = ConfigCollections.orEmpty(knownIssuesFrom);
        commands = CommandConfig.orDefault(commands);
    }

    /** As GitHub reads names. */
    private static Map<String, Visibility> ignoringCase(@Nullable Map<String, Visibility> written) {
        Map<String, Visibility> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(ConfigCollections.orEmpty(written));
        return Collections.unmodifiableMap(sorted);
    }

    /** The blocks, by key, of channels that need nothing else to open. Webhooks may come with a reload. */
    Map<String, ChannelConfig> channelBlocks() {
        Map<String, ChannelConfig> blocks = new LinkedHashMap<>();
        blocks.put("webhooks", new WebhookConfig.All(webhooks == null ? Map.of() : webhooks));
        putIfPresent(blocks, "jira", jira);
        putIfPresent(blocks, "mattermost", mattermost);
        putIfPresent(blocks, "pagerduty", pagerduty);
        putIfPresent(blocks, "teams", teams);
        putIfPresent(blocks, "email", email);
        return blocks;
    }

    private static void putIfPresent(Map<String, ChannelConfig> blocks, String key, @Nullable ChannelConfig block) {
        if (block != null) {
            blocks.put(key, block);
        }
    }

    /** The channels that need nothing but their block to open. */
    public List<ChannelConfig> channels() {
        return List.copyOf(channelBlocks().values());
    }

    /** An area of responsibility. */
    public record Area(
            @JsonPropertyDescription("Title of the column in the group's document; the name of the area if absent.")
            @Nullable String column,

            @JsonPropertyDescription("What belongs to the area, in one sentence.") @Nullable String description) {}

    /** What the states and descriptions of Prow mean. */
    public record Diagnosis(
            @JsonProperty(required = true)
            @JsonPropertyDescription("The area of failures whose cause Prow itself reports: infrastructure, config.")
            Map<Cause, String> areas) {
        /** Copies the map. */
        public Diagnosis {
            areas = ConfigCollections.orEmpty(areas);
        }
    }

    /** A repository with known issues. */
    public record KnownIssueRepository(
            @JsonProperty(required = true) @JsonPropertyDescription("The repository, as org/repo.")
            Repository repository,

            @JsonProperty(required = true)
            @JsonPropertyDescription("The label of known issues. Only issues of authors with write access count.")
            String label) {}

    /** The addresses of people by GitHub handle. */
    Map<String, String> mailAddresses() {
        return email == null ? Map.of() : email.people();
    }

    /** The columns of the group's document that do not have the name of their area, with the area. */
    Map<String, String> areaColumns() {
        Map<String, String> columns = new HashMap<>();
        areas.forEach((name, area) -> {
            if (area.column() != null) {
                columns.put(area.column(), name);
            }
        });
        return columns;
    }

    /** Lets every block check itself. */
    void check(ConfigValidator check, ProwSettings prowSettings) {
        if (areas.isEmpty()) {
            check.report("is empty, but every incident has an area", "add the areas of your group", "areas");
            return;
        }
        prow.check(check.at("prow"));
        roster.check(check.at("roster"));
        diagnosis.areas().forEach((cause, area) -> check.area(area, "diagnosis", "areas", cause.value()));
        routing.check(check.at("routing"));
        incidents.check(check.at("incidents"));
        suspects.check(check.at("suspects"));
        commands.check(check.at("commands"));
        sending.check(check.at("sending"));
        retention.check(check.at("retention"));
        visibility.keySet().stream()
                .filter(key -> !VISIBILITY_KEY.matcher(key).matches())
                .forEach(key -> check.report(
                        "is neither an organization nor a repository",
                        "write it as org or org/repo, or * for everything else",
                        "visibility",
                        key));
        if (timeliness != null) {
            timeliness.check(check.at("timeliness"));
        }
        if (bumps != null) {
            bumps.check(check.at("bumps"));
        }
        if (evidence != null) {
            evidence.check(check.at("evidence"));
        }
        if (digests != null) {
            digests.check(check.at("digests"));
        }
        channels(check);
        for (int index = 0; index < links.size(); index++) {
            links.get(index).check(check.at("links", index));
        }
        Guidance.check(guidance, check);
        knownIssues(check, runUrls(prowSettings));
    }

    private void channels(ConfigValidator check) {
        if (operators != null) {
            check.channel(operators.channel(), "operators", "channel");
        }
        channelBlocks().forEach((key, block) -> block.check(check.at(key)));
        if (slack != null) {
            slack.check(check.at("slack"));
        }
        for (int index = 0; index < destinations.size(); index++) {
            destinations
                    .get(index)
                    .check(
                            check.at("destinations", index),
                            SlackConfig::isChannel,
                            webhooks == null ? Set.of() : webhooks.keySet());
        }
        if (github != null) {
            github.check(check.at("github"));
        }
    }

    private void knownIssues(ConfigValidator check, RunUrlReader urls) {
        check.unique(knownIssues, KnownIssue::name, "known issue", "knownIssues");
        for (int index = 0; index < knownIssues.size(); index++) {
            knownIssues.get(index).check(check.at("knownIssues", index), urls);
        }
    }

    /** Reads URLs of runs on the trusted hosts; of none if the hosts are invalid, which their own check reports. */
    private RunUrlReader runUrls(ProwSettings prowSettings) {
        try {
            return new RunUrlReader(prow.trustedHosts(), prowSettings);
        } catch (IllegalArgumentException e) {
            return new RunUrlReader(new TrustedHosts(Set.of(), Set.of()));
        }
    }
}
