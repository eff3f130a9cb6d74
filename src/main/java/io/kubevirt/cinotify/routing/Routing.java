// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.RoutingConfig.RepositoryRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Routes the failures of each job, without looking at evidence, by the first {@link RouteSource} that names a SIG; the
 * annotations of the job override the result (design.md section 6, item 5).
 */
public final class Routing {
    public static final String DEFAULT_RULE = "default";

    /** Name of the rule in the trace if the tags of the failing tests decided. */
    public static final String TESTS_RULE = "failing-tests";

    private final GroupNames groupNames;
    private final List<RoutingRule> rules;
    private final Map<Repository, RepositoryRoute> repositories;
    private final Route fallback;
    private final List<RouteSource> sources;
    private final JobOwners owners;

    /** Uses only annotations, rules and repositories. */
    public Routing(
            GroupNames groupNames,
            List<RoutingRule> rules,
            Map<Repository, RepositoryRoute> repositories,
            Route fallback) {
        this(
                groupNames,
                rules,
                repositories,
                fallback,
                new OwnerSources(
                        List.of(RouteSource.ANNOTATION, RouteSource.RULES, RouteSource.REPOSITORIES),
                        new JobOwners(
                                groupNames.sigs(),
                                new KnownGroups(Set.of(), Map.of(), Subprojects.NONE, Map.of()),
                                Map.of(),
                                Map.of())));
    }

    /** The first source that names a SIG wins, among rules the first that matches. No area means that of the fallback. */
    Routing(
            GroupNames groupNames,
            List<RoutingRule> rules,
            Map<Repository, RepositoryRoute> repositories,
            Route fallback,
            OwnerSources sources) {
        this.groupNames = groupNames;
        this.rules = List.copyOf(rules);
        this.repositories = Map.copyOf(repositories);
        this.fallback = fallback;
        this.sources = List.copyOf(sources.order());
        this.owners = sources.owners();
    }

    public Route route(RoutingInput input) {
        Route found = sources.stream()
                .flatMap(source -> bySource(source, input).stream())
                .findFirst()
                .orElse(fallback);
        return sources.contains(RouteSource.ANNOTATION) ? annotated(input, found) : found;
    }

    private Optional<Route> bySource(RouteSource source, RoutingInput input) {
        return switch (source) {
            case RULES -> byRule(input);
            case REPOSITORIES -> byRepository(input);
            default ->
                owners.find(source, input)
                        .map(owner -> new Route(
                                owner.sig(),
                                fallback.area(),
                                fallback.cause(),
                                source,
                                source.title(),
                                owner.because(),
                                Confidence.MEDIUM));
        };
    }

    /** The route by the SIG tags of the failed tests, whatever the job is; empty if they have no tags. */
    public Optional<Route> route(FailingTests tests) {
        List<FailingTests.SigCount> counts = tests.countsBySig(groupNames.sigs());
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        FailingTests.SigCount most = counts.getFirst();
        String others =
                counts.stream().skip(1).map(FailingTests.SigCount::toString).collect(Collectors.joining(", "));
        return Optional.of(new Route(
                most.sig(),
                fallback.area(),
                Cause.TEST,
                RouteSource.TESTS,
                TESTS_RULE,
                (tests.names().size() == 1
                                ? "the failing test is tagged for "
                                : most.failures() + " of " + tests.names().size() + " failing tests are tagged for ")
                        + most.sig()
                        + (others.isEmpty() ? "" : ", others for " + others),
                isTied(counts) ? Confidence.MEDIUM : Confidence.HIGH));
    }

    /** How many SIGs the failed tests are tagged for. */
    public int sigsOf(FailingTests tests) {
        return tests.countsBySig(groupNames.sigs()).size();
    }

    private static boolean isTied(List<FailingTests.SigCount> counts) {
        return counts.size() > 1 && counts.get(0).failures() == counts.get(1).failures();
    }

    private Optional<Route> byRule(RoutingInput input) {
        for (RoutingRule rule : rules) {
            Optional<String> sig = rule.sigOf(input, groupNames.sigs());
            if (sig.isPresent()) {
                return Optional.of(new Route(
                        sig.get(),
                        rule.area() == null ? fallback.area() : rule.area(),
                        rule.cause() == null ? fallback.cause() : rule.cause(),
                        RouteSource.RULES,
                        rule.name(),
                        rule.because(),
                        Confidence.MEDIUM));
            }
        }
        return Optional.empty();
    }

    private Optional<Route> byRepository(RoutingInput input) {
        return Optional.ofNullable(input.repository())
                .flatMap(repository -> Optional.ofNullable(repositories.get(repository)))
                .map(owner -> new Route(
                        owner.sig(),
                        owner.area() == null ? fallback.area() : owner.area(),
                        fallback.cause(),
                        RouteSource.REPOSITORIES,
                        "repository " + input.repository(),
                        "the repository belongs to " + owner.sig(),
                        Confidence.MEDIUM));
    }

    /** Annotations of the job override the SIG and the area; what they leave out stays. */
    private Route annotated(RoutingInput input, Route found) {
        Optional<String> sig = annotation(input, "sig").flatMap(groupNames.sigs()::resolve);
        Optional<String> area = annotation(input, "area").filter(groupNames.areas()::contains);
        if (sig.isEmpty() && area.isEmpty()) {
            return found;
        }
        return new Route(
                sig.orElse(found.sig()),
                area.orElse(found.area()),
                found.cause(),
                RouteSource.ANNOTATION,
                "annotation",
                "set by the annotations of the job",
                Confidence.HIGH);
    }

    private Optional<String> annotation(RoutingInput input, String key) {
        return Optional.ofNullable(input.annotations().get(groupNames.annotationPrefix() + "/" + key));
    }

    /** The sources in use, in order; the owners are those of the sources that need no rules. */
    record OwnerSources(List<RouteSource> order, JobOwners owners) {}

    /** The SIGs, the areas, and the prefix of {@code /sig} and {@code /area} in the annotations of jobs. */
    public record GroupNames(SigNames sigs, Set<String> areas, String annotationPrefix) {}
}
