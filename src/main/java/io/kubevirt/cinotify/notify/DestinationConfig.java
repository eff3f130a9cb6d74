// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where messages about some incidents go: an entry of {@code destinations} in the configuration file. */
public record DestinationConfig(
        @JsonPropertyDescription("Incidents whose repositories are all among these, as org or org/repo.")
        List<String> repositories,

        @JsonPropertyDescription("Incidents whose jobs all match this regular expression.") @Nullable Pattern jobs,

        @JsonPropertyDescription("Incidents whose jobs all have these labels in the job configuration.")
        Map<String, String> labels,

        @JsonPropertyDescription("Slack channel, in place of the others; a private one by its id.") @Nullable String slack,

        @JsonPropertyDescription("Repository of issues, as org/repo, in place of github.issues.repository.") @Nullable Repository issues,

        @JsonPropertyDescription(
                "Name of a webhook, in place of the others. A webhook that is named here gets nothing else.")
        @Nullable String webhook,

        @JsonProperty(required = true)
        @JsonPropertyDescription("Who can read these destinations: public (everybody) or private.")
        Visibility visibility) {
    private static final String SLACK = "slack";
    static final String GITHUB = "github";
    static final String WEBHOOK = "webhook";

    /** Copies the collections; absent ones become empty. */
    public DestinationConfig {
        repositories = ConfigCollections.orEmpty(repositories);
        labels = ConfigCollections.orEmpty(labels);
    }

    /**
     * Reports invalid values.
     *
     * @param slackChannel whether a name is one of a Slack channel
     */
    public void check(ConfigValidator check, Predicate<String> slackChannel, Set<String> webhooks) {
        if (repositories.isEmpty() && jobs == null && labels.isEmpty()) {
            check.report("matches no incident", "add repositories, jobs or labels");
        }
        if (slack == null && issues == null && webhook == null) {
            check.report("has no destination", "add slack, issues or webhook");
        }
        if (slack != null && !slackChannel.test(slack)) {
            check.report(
                    "\"" + slack + "\" is not a Slack channel name",
                    "omit the # and use lower case, or use the id of the channel",
                    SLACK);
        }
        if (webhook != null) {
            check.oneOf(webhook, WEBHOOK, webhooks, WEBHOOK);
        }
        if (!visibility.isKnown()) {
            check.report("is neither public nor private", "use one of them", "visibility");
        }
    }

    /** The destination on a channel. */
    Optional<String> on(String channel) {
        return Optional.ofNullable(
                switch (channel) {
                    case SLACK -> slack;
                    case GITHUB -> issues == null ? null : issues.fullName();
                    case WEBHOOK -> webhook;
                    default -> null;
                });
    }

    /** Whether it is for incidents of these repositories and jobs. */
    boolean matches(Collection<Repository> of, Collection<String> lanes, Predicate<Predicate<Job>> allJobs) {
        boolean byRepository =
                repositories.isEmpty() || (!of.isEmpty() && of.stream().allMatch(this::isListed));
        boolean byName = jobs == null
                || (!lanes.isEmpty()
                        && lanes.stream().allMatch(lane -> jobs.matcher(lane).find()));
        boolean byLabel = labels.isEmpty()
                || (!lanes.isEmpty()
                        && allJobs.test(job -> job.labels().entrySet().containsAll(labels.entrySet())));
        return byRepository && byName && byLabel;
    }

    private boolean isListed(Repository repository) {
        return repositories.stream()
                .anyMatch(each ->
                        each.equalsIgnoreCase(repository.org()) || each.equalsIgnoreCase(repository.fullName()));
    }
}
