// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The block {@code routing}: which SIG and area own the failures of each job. */
public record RoutingConfig(
        @JsonPropertyDescription("Other names of SIGs in jobs and tests, each with the short name of the SIG.")
        Map<String, String> sigAliases,

        @JsonPropertyDescription("Rules for jobs; the first match wins.")
        List<RoutingRule> rules,

        @JsonPropertyDescription("The SIG of each repository, for jobs that match no rule.")
        Map<Repository, RepositoryRoute> repositories,

        @JsonProperty(value = "default", required = true)
        @JsonPropertyDescription("The route for jobs that match no rule and no repository.")
        Default fallback) {
    public RoutingConfig {
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

    public Routing routing(Set<String> sigs, Set<String> areas, String annotationPrefix) {
        return new Routing(
                new Routing.GroupNames(new SigNames(sigs, sigAliases), areas, annotationPrefix),
                rules,
                repositories,
                new Route(
                        fallback.sig(),
                        fallback.area(),
                        Cause.TEST,
                        RouteSource.DEFAULT,
                        Routing.DEFAULT_RULE,
                        "no rule and no repository matches this job",
                        Confidence.LOW));
    }

    public void check(ConfigValidator check) {
        check.area(fallback.area(), "default", "area");
        check.sig(fallback.sig(), "default", "sig");
        sigAliases.forEach((alias, sig) -> check.sig(sig, "sigAliases", alias));
        repositories.forEach((repository, owner) -> {
            check.sig(owner.sig(), "repositories", repository, "sig");
            check.area(owner.area(), "repositories", repository, "area");
        });
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
