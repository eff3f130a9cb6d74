// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Routing.GroupNames;
import io.kubevirt.cinotify.routing.RoutingConfig.RepositoryRoute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

    private static final SigNames SIGS =
            new SigNames(Set.of("compute", "network", "control-plane", "arm"), Map.of("operator", "control-plane"));
    private static final GroupNames GROUP_NAMES =
            new GroupNames(SIGS, Set.of("support", "operations"), "ci.example.org");
    private static final Route FALLBACK = new Route(
            "compute",
            "support",
            Cause.TEST,
            RouteSource.DEFAULT,
            Routing.DEFAULT_RULE,
            "nothing else matches",
            Confidence.LOW);

    @ParameterizedTest
    @CsvSource({
        "network, network",
        "compute-migrations-1.9, compute",
        "operator-upgrade, control-plane",
        "control-plane, control-plane",
        "control, ",
        "networking, ",
        "'', "
    })
    void aNameBelongsToTheLongestKnownNameThatItStartsWith(String text, @Nullable String sig) {
        assertThat(SIGS.resolve(text).orElse(null)).isEqualTo(sig);
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        Routing routing =
                routing(List.of(rule("arm lanes", "arm64", "arm"), rule("named", "sig-(?P<sig>[a-z-]+)", "${sig}")));

        assertThat(routing.route(job("pull-e2e-sig-compute-arm64"))).satisfies(route -> {
            assertThat(route.sig()).isEqualTo("arm");
            assertThat(route.rule()).isEqualTo("arm lanes");
            assertThat(route.area())
                    .as("a rule without an area has the default one")
                    .isEqualTo("support");
        });
        assertThat(routing.route(job("pull-e2e-sig-network")).sig()).isEqualTo("network");
    }

    @Test
    void aCapturedNameThatIsNoSigLeavesTheJobToTheNextRule() {
        Routing routing =
                routing(List.of(rule("named", "sig-(?P<sig>[a-z-]+)", "${sig}"), rule("lanes", "e2e", "network")));

        assertThat(routing.route(job("pull-e2e-sig-unheard-of")).rule()).isEqualTo("lanes");
    }

    @Test
    void allConditionsOfARuleMustHoldAndAnUnknownFactMatchesNone() {
        RoutingRule rule = new RoutingRule(
                "strict",
                Pattern.compile("^push-"),
                List.of("example"),
                List.of(JobType.POSTSUBMIT),
                List.of("big"),
                Map.of("TARGET", Pattern.compile("(^|-)sig-network")),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                "network",
                "operations",
                Cause.BUILD,
                "as configured");
        Routing routing = routing(List.of(rule));
        Repository repository = Repository.of("example/thing");
        Map<String, String> target = Map.of("TARGET", "k8s-sig-network");

        assertThat(routing.route(subject("push-it", JobType.POSTSUBMIT, repository, "big", target)))
                .isEqualTo(new Route(
                        "network",
                        "operations",
                        Cause.BUILD,
                        RouteSource.RULES,
                        "strict",
                        "as configured",
                        Confidence.MEDIUM));
        for (RoutingInput other : List.of(
                subject("pull-it", JobType.POSTSUBMIT, repository, "big", target),
                subject("push-it", JobType.PRESUBMIT, repository, "big", target),
                subject("push-it", JobType.POSTSUBMIT, Repository.of("other/thing"), "big", target),
                subject("push-it", JobType.POSTSUBMIT, null, "big", target),
                subject("push-it", JobType.POSTSUBMIT, repository, "small", target),
                subject("push-it", JobType.POSTSUBMIT, repository, null, target),
                subject("push-it", JobType.POSTSUBMIT, repository, "big", Map.of("TARGET", "k8s-sig-compute")),
                subject("push-it", JobType.POSTSUBMIT, repository, "big", Map.of()))) {
            assertThat(routing.route(other).rule()).as(other.toString()).isEqualTo(Routing.DEFAULT_RULE);
        }
    }

    @Test
    void rulesMatchLabelsAnnotationsTheFileTheBranchAndTheContext() {
        Pattern sig = Pattern.compile("owner-(?P<sig>[a-z]+)");
        RoutingInput input = new RoutingInput(
                "unit",
                JobType.PRESUBMIT,
                null,
                null,
                "release-1.4",
                "ci/unit",
                "team/unit.yaml",
                null,
                Map.of(),
                Map.of("team", "owner-network"),
                Map.of("note", "owner-arm"));
        List<RoutingRule> rules = List.of(
                rule(Map.of("team", sig), Map.of(), null, null, null),
                rule(Map.of("team", Pattern.compile("network")), Map.of("note", sig), null, null, null),
                rule(Map.of(), Map.of("note", sig), Pattern.compile("^team/"), null, null),
                rule(Map.of(), Map.of("note", sig), null, Pattern.compile("^release-"), null),
                rule(Map.of(), Map.of("note", sig), null, null, Pattern.compile("^ci/")));

        assertThat(rules)
                .extracting(rule -> routing(List.of(rule)).route(input).sig())
                .containsExactly("network", "arm", "arm", "arm", "arm");
        assertThat(rules)
                .extracting(rule -> routing(List.of(rule)).route(job("unit")).rule())
                .as("an unknown fact matches none")
                .containsOnly(Routing.DEFAULT_RULE);
    }

    private static RoutingRule rule(
            Map<String, Pattern> label,
            Map<String, Pattern> annotation,
            @Nullable Pattern file,
            @Nullable Pattern branch,
            @Nullable Pattern context) {
        return new RoutingRule(
                "facts",
                null,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                label,
                annotation,
                file,
                branch,
                context,
                RoutingRule.CAPTURED_SIG,
                null,
                null,
                "because");
    }

    @Test
    void theRepositoryRouteAppliesWhereNoRuleMatches() {
        Routing routing = new Routing(
                GROUP_NAMES, List.of(), Map.of(Repository.of("example/net"), RepositoryRoute.of("network")), FALLBACK);

        Route route = routing.route(subject("lint", JobType.PRESUBMIT, Repository.of("example/net"), null, Map.of()));

        assertThat(route.sig()).isEqualTo("network");
        assertThat(route.rule()).isEqualTo("repository example/net");
    }

    @Test
    void theAnnotationsOfTheJobTakePrecedence() {
        RoutingInput annotated = new RoutingInput(
                "pull-e2e-sig-network",
                JobType.PRESUBMIT,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of("ci.example.org/sig", "compute", "ci.example.org/area", "operations"));

        Route route = routing(List.of(rule("named", "sig-network", "network"))).route(annotated);

        assertThat(route.sig()).isEqualTo("compute");
        assertThat(route.area()).isEqualTo("operations");
        assertThat(route.rule()).isEqualTo("annotation");
        assertThat(route.confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void anAnnotationThatNamesNoKnownAreaIsIgnored() {
        RoutingInput annotated = new RoutingInput(
                "job",
                JobType.PRESUBMIT,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Map.of(),
                Map.of("ci.example.org/area", "@everyone"));

        assertThat(routing(List.of()).route(annotated)).isEqualTo(FALLBACK);
    }

    private static Routing routing(List<RoutingRule> rules) {
        return new Routing(GROUP_NAMES, rules, Map.of(), FALLBACK);
    }

    private static RoutingRule rule(String name, String job, String sig) {
        return new RoutingRule(
                name,
                Pattern.compile(job),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                sig,
                null,
                null,
                "because");
    }

    private static RoutingInput job(String name) {
        return subject(name, JobType.PRESUBMIT, null, null, Map.of());
    }

    private static RoutingInput subject(
            String job,
            JobType type,
            @Nullable Repository repository,
            @Nullable String cluster,
            Map<String, String> environment) {
        return new RoutingInput(
                job, type, repository, cluster, null, null, null, null, environment, Map.of(), Map.of());
    }
}
