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
 * Routes the failures of each job, without looking at evidence: by the annotations of the job, then by the rules in
 * order, then by repository, then to the default (design.md section 6, item 5).
 */
public final class Routing {
    public static final String DEFAULT_RULE = "default";

    /** Name of the rule in the trace if the tags of the failing tests decided. */
    public static final String TESTS_RULE = "failing-tests";

    private final GroupNames groupNames;
    private final List<RoutingRule> rules;
    private final Map<Repository, RepositoryRoute> repositories;
    private final Route fallback;

    /** The first matching rule wins, then the repository, then the fallback. No area means that of the fallback. */
    public Routing(
            GroupNames groupNames,
            List<RoutingRule> rules,
            Map<Repository, RepositoryRoute> repositories,
            Route fallback) {
        this.groupNames = groupNames;
        this.rules = List.copyOf(rules);
        this.repositories = Map.copyOf(repositories);
        this.fallback = fallback;
    }

    public Route route(RoutingInput input) {
        Route found = byRule(input).or(() -> byRepository(input)).orElse(fallback);
        return annotated(input, found);
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
                Confidence.HIGH));
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

    /** The SIGs, the areas, and the prefix of {@code /sig} and {@code /area} in the annotations of jobs. */
    public record GroupNames(SigNames sigs, Set<String> areas, String annotationPrefix) {}
}
