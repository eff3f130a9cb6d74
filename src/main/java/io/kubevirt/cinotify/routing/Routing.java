// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the failures of each job go as long as no evidence says otherwise: the job's own word, then the rules in
 * their order, then the repository's owner, then the default (design.md section 6, item 5).
 */
public final class Routing {

    /** The rule named in the trace when nothing else spoke. */
    public static final String DEFAULT_RULE = "default";

    /** The rule named in the trace when the tags of the failing tests spoke. */
    public static final String TESTS_RULE = "failing-tests";

    private final GroupNames groupNames;
    private final List<RoutingRule> rules;
    private final Map<Repository, RepositoryRoute> repositories;
    private final Route fallback;

    /**
     * @param words the names of SIGs, areas and annotations
     * @param rules first match wins
     * @param repositories asked when no rule matches
     * @param fallback the answer when nothing else speaks; its area is also that of rules that name none
     */
    public Routing(
            GroupNames words, List<RoutingRule> rules, Map<Repository, RepositoryRoute> repositories, Route fallback) {
        this.groupNames = words;
        this.rules = List.copyOf(rules);
        this.repositories = Map.copyOf(repositories);
        this.fallback = fallback;
    }

    /** Where a failure of this job goes. */
    public Route route(RoutingInput subject) {
        Route found = byRule(subject).or(() -> byRepository(subject)).orElse(fallback);
        return annotated(subject, found);
    }

    /** Where the tests that failed point to, if they name SIGs; whatever the job is. */
    public Optional<Route> route(FailingTests tests) {
        List<FailingTests.SigCount> shares = tests.countsBySig(groupNames.sigs());
        if (shares.isEmpty()) {
            return Optional.empty();
        }
        FailingTests.SigCount most = shares.getFirst();
        String others =
                shares.stream().skip(1).map(FailingTests.SigCount::toString).collect(Collectors.joining(", "));
        return Optional.of(new Route(
                most.sig(),
                fallback.area(),
                Cause.TEST,
                TESTS_RULE,
                most.failures() + " of " + tests.names().size() + " failing tests are tagged for " + most.sig()
                        + (others.isEmpty() ? "" : ", others for " + others),
                Confidence.HIGH));
    }

    private Optional<Route> byRule(RoutingInput subject) {
        for (RoutingRule rule : rules) {
            Optional<String> sig = rule.sigOf(subject, groupNames.sigs());
            if (sig.isPresent()) {
                return Optional.of(new Route(
                        sig.get(),
                        rule.area() == null ? fallback.area() : rule.area(),
                        rule.cause() == null ? fallback.cause() : rule.cause(),
                        rule.name(),
                        rule.because(),
                        Confidence.MEDIUM));
            }
        }
        return Optional.empty();
    }

    private Optional<Route> byRepository(RoutingInput subject) {
        return Optional.ofNullable(subject.repository())
                .flatMap(repository -> Optional.ofNullable(repositories.get(repository)))
                .map(owner -> new Route(
                        owner.sig(),
                        owner.area() == null ? fallback.area() : owner.area(),
                        fallback.cause(),
                        "repository " + subject.repository(),
                        "the repository belongs to " + owner.sig(),
                        Confidence.MEDIUM));
    }

    /** The owner of a job may say himself where it belongs; what he leaves out stays as found. */
    private Route annotated(RoutingInput subject, Route found) {
        Optional<String> sig = annotation(subject, "sig").flatMap(groupNames.sigs()::resolve);
        Optional<String> area = annotation(subject, "area").filter(groupNames.areas()::contains);
        if (sig.isEmpty() && area.isEmpty()) {
            return found;
        }
        return new Route(
                sig.orElse(found.sig()),
                area.orElse(found.area()),
                found.cause(),
                "annotation",
                "the job says so in its annotations",
                Confidence.HIGH);
    }

    private Optional<String> annotation(RoutingInput subject, String key) {
        return Optional.ofNullable(subject.annotations().get(groupNames.annotationPrefix() + "/" + key));
    }
}
