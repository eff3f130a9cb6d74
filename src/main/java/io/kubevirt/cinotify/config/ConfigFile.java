// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.command.CommandConfig;
import io.kubevirt.cinotify.diagnosis.KnownIssue;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.jira.JiraChannel;
import io.kubevirt.cinotify.notify.jira.JiraConfig;
import io.kubevirt.cinotify.notify.jira.JiraFormatter;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.webhook.WebhookChannel;
import io.kubevirt.cinotify.notify.webhook.WebhookConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.RepositoryRoute;
import io.kubevirt.cinotify.routing.RoutingRule;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings file as it is written; {@code config/ci-notify.schema.json} is generated from these descriptions.
 *
 * @param prow how this Prow names things
 * @param areas the areas of the operations group
 * @param roster the documents that say who is responsible
 * @param diagnosis what Prow's own words mean here
 * @param routing where the failures of each job go
 * @param timeliness how long jobs may be late; nobody is told of jobs that do not run without it
 * @param incidents from where on a message is required
 * @param bumps the pull requests that bots open
 * @param slack which Slack channel hears of what
 * @param webhooks who gets messages as JSON, by name
 * @param jira the boards on Jira
 * @param sending how much is said, and for how long it is tried
 * @param links where messages lead beside the run
 * @param github what is said on GitHub
 * @param evidence where the artifacts of runs lie and what they mean; nothing is fetched without it
 * @param knownIssues failures that somebody already cares for
 * @param knownIssuesFrom where people keep more of them on GitHub
 * @param digests what is put together before meetings
 * @param commands what people may ask in comments
 */
public record ConfigFile(
        @JsonProperty(required = true) @JsonPropertyDescription("How this Prow names things.")
        Prow prow,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The areas of the operations group; every incident has exactly one.")
        Map<String, Area> areas,

        @JsonProperty(required = true) @JsonPropertyDescription("The documents that say who is responsible.")
        Roster roster,

        @JsonProperty(required = true) @JsonPropertyDescription("What Prow's own words mean here.")
        Diagnosis diagnosis,

        @JsonProperty(required = true) @JsonPropertyDescription("Where the failures of each job go.")
        Routing routing,

        @JsonPropertyDescription(
                "How long jobs may be late. Nobody is told of jobs that do not run without it; needs a door that sees"
                        + " every run: ProwJobs or deck.")
        @Nullable
        Timeliness timeliness,

        @JsonPropertyDescription("From where on a message is required; what is left out has its default.") @Nullable
        IncidentsBlock incidents,

        @JsonPropertyDescription("The pull requests that bots open; nobody is told of them without it.") @Nullable
        BumpsBlock bumps,

        @JsonPropertyDescription("Which Slack channel hears of what; needs --slack-token-file.") @Nullable
        SlackConfig slack,

        @JsonPropertyDescription("Who gets messages as JSON (config/webhook.schema.json), by a name of your choice.")
        @Nullable
        Map<String, WebhookConfig> webhooks,

        @JsonPropertyDescription("The boards on Jira.") @Nullable
        JiraConfig jira,

        @JsonPropertyDescription("How much is said, and for how long it is tried; what is left out has its default.")
        @Nullable
        SendingBlock sending,

        @JsonPropertyDescription("Links that messages have beside that of the run, in order.") @Nullable
        List<LinkBlock> links,

        @JsonPropertyDescription("What is said on GitHub.") @Nullable
        GitHubConfig github,

        @JsonPropertyDescription(
                "Where the artifacts of runs lie and what they mean. Nothing is fetched without it: a run is then"
                        + " judged by its job.")
        @Nullable
        EvidenceConfig evidence,

        @JsonPropertyDescription("Failures that somebody already cares for, each until a day.") @Nullable
        List<KnownIssue> knownIssues,

        @JsonPropertyDescription(
                "Where people keep more of them on GitHub, as open issues with a block that docs/alerting.md describes;"
                        + " read each hour.")
        @Nullable
        List<KnownIssueRepository> knownIssuesFrom,

        @JsonPropertyDescription("What is put together before meetings; nothing without it.") @Nullable
        DigestConfig digests,

        @JsonPropertyDescription("What people may ask in comments; what is left out has its default.") @Nullable
        CommandConfig commands) {

    /** Every channel, with its templates. A new channel has a component, an entry here and one in {@link #channelBlocks}. */
    static final Map<String, TemplateSet> CHANNELS = Map.of(
            "console",
            TemplateSet.PLAIN,
            GitHubChannel.NAME,
            TemplateSet.GITHUB,
            JiraChannel.NAME,
            JiraFormatter.TEMPLATES,
            SlackChannel.NAME,
            TemplateSet.SLACK,
            WebhookChannel.NAME,
            TemplateSet.PLAIN);

    /** The blocks, by key, of channels that need nothing else to open. Webhooks may come with a reload. */
    private Map<String, ChannelConfig> channelBlocks() {
        Map<String, ChannelConfig> blocks = new LinkedHashMap<>();
        blocks.put("webhooks", new WebhookConfig.All(webhooks == null ? Map.of() : webhooks));
        if (jira != null) {
            blocks.put("jira", jira);
        }
        return blocks;
    }

    /** The channels that need nothing but their block to open. */
    public List<ChannelConfig> channels() {
        return List.copyOf(channelBlocks().values());
    }

    /** Reports invalid values in the blocks of all channels. */
    void checkChannels(ConfigValidator check) {
        channelBlocks().forEach((key, block) -> block.check(check.at(key)));
        if (slack != null) {
            slack.check(check.at("slack"));
        }
        if (github != null) {
            github.check(check.at("github"));
        }
    }

    /** How this Prow names things. */
    public record Prow(
            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "Hosts whose pages of runs are trusted, with http:// if not https; a status that points elsewhere"
                            + " is not a run.")
            List<String> hosts,

            @JsonProperty(required = true) @JsonPropertyDescription("Buckets of artifacts that are trusted.")
            List<String> buckets,

            @JsonPropertyDescription(
                    "What a plugin of the cluster puts before the name of a job that it tries out, with the plugin's"
                            + " name; such runs never open an incident.")
            @Nullable
            Map<String, String> jobPrefixes,

            @JsonPropertyDescription(
                    "Jobs that a plugin of the cluster makes up, with the plugin's name; they never open an incident.")
            @Nullable
            Map<String, String> pluginJobs,

            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "Prefix of the annotations by which a job says where its failures go: PREFIX/sig, PREFIX/area.")
            String annotationPrefix) {}

    /** One area. */
    public record Area(
            @JsonPropertyDescription(
                    "Title of the area's column in the group's document, where it is not the area's own name.")
            @Nullable
            String column,

            @JsonPropertyDescription("What belongs to the area, in a sentence.") @Nullable
            String description) {}

    /** Who is responsible. */
    public record Roster(
            @JsonProperty(required = true)
            @JsonPropertyDescription("The group's Markdown document with the table of members, relative to this file.")
            String document,

            @JsonProperty(required = true)
            @JsonPropertyDescription("sigs.yaml with the people of the SIGs, relative to this file.")
            String sigs,

            @JsonPropertyDescription("OWNERS_ALIASES, relative to this file; roster check compares the table with it.")
            @Nullable
            String aliases,

            @JsonPropertyDescription("The alias in it that should hold the group's members.") @Nullable
            String membersAlias,

            @JsonPropertyDescription(
                    "When members work if nothing else is said, as 09:00-17:00; 22:00-06:00 ends on the day after.")
            @Nullable
            String workingHours,

            @JsonPropertyDescription("What the document cannot say, by GitHub handle.") @Nullable
            Map<String, MemberBlock> members) {}

    /** What the group's document cannot say of a member. */
    public record MemberBlock(
            @JsonPropertyDescription(
                    "IANA time zone, such as Europe/Berlin; without it the document's fixed offset counts.")
            @Nullable
            String zone,

            @JsonPropertyDescription(
                    "Working hours, as 09:00-17:00, in the member's time zone; 22:00-06:00 ends on the day after.")
            @Nullable
            String workingHours,

            @JsonPropertyDescription("Slack user id.") @Nullable
            String slack,

            @JsonPropertyDescription("Days without work, first and last included.") @Nullable
            List<DaysOff> daysOff,

            @JsonPropertyDescription("Times in which the member is not told anything.") @Nullable
            List<Pause> pauses) {}

    /** Days without work, in the member's time zone. */
    public record DaysOff(
            @JsonProperty(required = true) @JsonPropertyDescription("The first day, as 2026-12-24.")
            LocalDate from,

            @JsonProperty(required = true) @JsonPropertyDescription("The last day, as 2027-01-01.")
            LocalDate until) {}

    /** A time in which a member is not told anything. */
    public record Pause(
            @JsonProperty(required = true)
            @JsonPropertyDescription("The first instant of silence, as 2026-12-24T09:00:00Z.")
            Instant from,

            @JsonProperty(required = true) @JsonPropertyDescription("The first instant after it.")
            Instant until) {}

    /** What Prow's own words mean here. */
    public record Diagnosis(
            @JsonProperty(required = true)
            @JsonPropertyDescription("The area of failures that Prow itself explains: infrastructure, config.")
            Map<Cause, String> areas) {}

    /** Where the failures of each job go. */
    public record Routing(
            @JsonPropertyDescription("Other names of SIGs in jobs and tests, each with the short name it stands for.")
            @Nullable
            Map<String, String> sigAliases,

            @JsonPropertyDescription("First match wins.") @Nullable
            List<RoutingRule> rules,

            @JsonPropertyDescription("The SIG of each repository, for jobs that no rule speaks of.") @Nullable
            Map<Repository, RepositoryRoute> repositories,

            @JsonProperty(value = "default", required = true) @JsonPropertyDescription("When nothing else speaks.")
            DefaultRoute fallback) {}

    /** The answer when nothing else speaks. */
    public record DefaultRoute(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
            String sig,

            @JsonProperty(required = true) @JsonPropertyDescription("The area, also that of rules that name none.")
            String area) {}

    /** How long jobs may be late. Durations as Go writes them (6h, 1h30m) or as ISO does (PT6H). */
    public record Timeliness(
            @JsonPropertyDescription("How many starts of a periodic job must fail to come; 2 if absent.") @Nullable
            Integer missedIntervals,

            @JsonPropertyDescription("How much later than it should a start may be seen; 10m if absent.") @Nullable
            String grace,

            @JsonPropertyDescription(
                    "How many periodic jobs must be due, and none start, for Prow itself to count as silent; 3 if"
                            + " absent.")
            @Nullable
            Integer silentPeriodics,

            @JsonPropertyDescription("For how long they must have been due; 1h if absent.") @Nullable
            String silence,

            @JsonPropertyDescription("How long a run may wait for its pod; 6h if absent.") @Nullable
            String waitingLimit,

            @JsonPropertyDescription("The same for single clusters, by alias.") @Nullable
            Map<String, String> clusters,

            @JsonProperty(required = true) @JsonPropertyDescription("The area of each kind of incident.")
            ProblemAreas areas) {}

    /** The areas of incidents about what does not run. */
    public record ProblemAreas(
            @JsonProperty(required = true) @JsonPropertyDescription("A periodic job does not start.")
            String missingRun,

            @JsonProperty(required = true) @JsonPropertyDescription("A cluster does not start what waits.")
            String stalledCluster,

            @JsonProperty(required = true) @JsonPropertyDescription("Nothing starts anywhere: Prow itself.")
            String silentProw) {}
}
