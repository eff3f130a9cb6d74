// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The block {@code routing}: which SIG and area own the failures of each job. */
public record RoutingConfig(
        @JsonPropertyDescription(
                "The sources of a job's SIG, in order; the first that names one decides, and one that is not listed is not"
                        + " used. Default: annotation (PREFIX/sig, overrides the others wherever it stands), rules, testgrid"
                        + " (the first sig-… in testgrid-dashboards), slack (slackChannels), email (alertEmails), description"
                        + " (OWNER: sig-…), file (folders and name of the job file: sig-…, or a subproject), owners (the"
                        + " nearest OWNERS file with sig/… or sig-…), subprojects (the repository in sigs.yaml), repositories.")
        List<RouteSource> sources,

        @JsonPropertyDescription("Other names of SIGs in jobs and tests, each with the short name of the SIG.")
        Map<String, String> sigAliases,

        @JsonPropertyDescription("Rules for jobs; the first match wins.")
        List<RoutingRule> rules,

        @JsonPropertyDescription("The SIG of each repository, for jobs that match no rule.")
        Map<Repository, RepositoryRoute> repositories,

        @JsonPropertyDescription(
                "The SIG of each Slack channel to which jobs report, by reporter_config.slack.channel.")
        Map<String, String> slackChannels,

        @JsonPropertyDescription("The SIG of each address in the annotation testgrid-alert-email.")
        Map<String, String> alertEmails,

        @JsonProperty(value = "default", required = true)
        @JsonPropertyDescription("The route for jobs that match no rule and no repository.")
        Default fallback) {
    private static final List<String> SOURCES =
            RouteSource.DEFAULT_ORDER.stream().map(RouteSource::value).toList();

    public RoutingConfig {
        sources = sources == null ? RouteSource.DEFAULT_ORDER : List.copyOf(sources);
        slackChannels = ConfigCollections.orEmpty(slackChannels);
        alertEmails = ConfigCollections.orEmpty(alertEmails);
        sigAliases = ConfigCollections.orEmpty(sigAliases);
        rules = ConfigCollections.orEmpty(rules);
        repositories = ConfigCollections.orEmpty(repositories);
    }

    public record Default(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
            String sig,

            @JsonProperty(required = true)
            @JsonPropertyDescription("The area, also of rules and repositories without an area.")
            String area) {}

    public Routing routing(KnownGroups groups, Set<String> areas, String annotationPrefix) {
        Map<String, String> aliases = new HashMap<>(groups.otherNames());
        aliases.putAll(sigAliases);
        SigNames names = new SigNames(groups.names(), aliases);
        return new Routing(
                new Routing.GroupNames(names, areas, annotationPrefix),
                rules,
                repositories,
                new Route(
                        fallback.sig(),
                        fallback.area(),
                        Cause.TEST,
                        RouteSource.DEFAULT,
                        Routing.DEFAULT_RULE,
                        "no rule and no repository matches this job",
                        Confidence.LOW),
                new Routing.OwnerSources(sources, new JobOwners(names, groups, slackChannels, alertEmails)));
    }

    public void check(ConfigValidator check) {
        check.area(fallback.area(), "default", "area");
        check.sig(fallback.sig(), "default", "sig");
        sigAliases.forEach((alias, sig) -> check.sig(sig, "sigAliases", alias));
        repositories.forEach((repository, owner) -> {
            check.sig(owner.sig(), "repositories", repository, "sig");
            check.area(owner.area(), "repositories", repository, "area");
        });
        slackChannels.forEach((channel, sig) -> check.sig(sig, "slackChannels", channel));
        alertEmails.forEach((address, sig) -> check.sig(sig, "alertEmails", address));
        for (int index = 0; index < sources.size(); index++) {
            check.oneOf(sources.get(index).value(), "source", SOURCES, "sources", index);
        }
        check.unique(rules, RoutingRule::name, "rule", "rules");
        for (int index = 0; index < rules.size(); index++) {
            rules.get(index).check(check.at("rules", index));
        }
    }

    /** The route of jobs of a repository that match no rule: {@code routing.repositories}. */
    public record RepositoryRoute(
            @JsonProperty(required = true)
            @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
            String sig,

            @JsonPropertyDescription("The area; that of routing.default if absent.") @Nullable String area) {
        @JsonCreator
        public static RepositoryRoute of(String sig) {
            return new RepositoryRoute(sig, null);
        }

        @JsonCreator
        public RepositoryRoute {}
    }
}
