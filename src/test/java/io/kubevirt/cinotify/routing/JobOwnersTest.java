// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.KnownGroups.OwnersFile;
import io.kubevirt.cinotify.routing.RoutingConfig.Default;
import io.kubevirt.cinotify.routing.RoutingConfig.RepositoryRoute;
import io.kubevirt.cinotify.routing.Subprojects.Subproject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sources of a job's owner, in their order. */
class JobOwnersTest {
    private static final KnownGroups GROUPS = new KnownGroups(
            Set.of(
                    "none",
                    "multi",
                    "node",
                    "etcd",
                    "release",
                    "cluster-lifecycle",
                    "contributor-experience",
                    "wg-batch"),
            Map.of("contribex", "contributor-experience"),
            new Subprojects(List.of(
                    subproject(
                            "cluster-lifecycle",
                            "kops",
                            "https://raw.githubusercontent.com/kubernetes/kops/master/OWNERS"),
                    subproject("node", "kubelet", "https://github.com/k/k/blob/main/pkg/kubelet/OWNERS"),
                    subproject("etcd", "Raft", "https://github.com/etcd-io/raft"),
                    subproject("wg-batch", "Raft", "https://github.com/etcd-io/raft"),
                    subproject(
                            "release", "shared", "https://raw.githubusercontent.com/k/k/refs/heads/main/cmd/OWNERS"))),
            Map.of(
                    "", new OwnersFile(List.of("sig/release"), List.of()),
                    "teams/a", new OwnersFile(List.of(), List.of("someone", "sig-node-leads")),
                    "teams/b", new OwnersFile(List.of("sig/node", "sig/etcd"), List.of()),
                    "teams/c", new OwnersFile(List.of("area/jobs", "sig/etcd"), List.of("sig-node-leads"))));

    private static Subproject subproject(String sig, String name, String owners) {
        return new Subproject(sig, name, List.of(owners));
    }

    private static Route route(@Nullable List<RouteSource> sources, RoutingInput input) {
        return new RoutingConfig(
                        sources,
                        Map.of(),
                        List.of(new RoutingRule(
                                "by-name",
                                Pattern.compile("^ruled"),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                null,
                                null,
                                null,
                                "multi",
                                null,
                                null,
                                "named so")),
                        Map.of(Repository.of("k/website"), RepositoryRoute.of("node")),
                        Map.of("etcd-alerts", "etcd"),
                        Map.of("batch@example.org", "wg-batch"),
                        new Default("none", "support"))
                .routing(GROUPS, Set.of("support"), "ci.example.org")
                .route(input);
    }

    private static RoutingInput job(String name, Map<String, String> annotations) {
        return new RoutingInput(
                name,
                JobType.PERIODIC,
                Repository.of("kubernetes/kops"),
                null,
                null,
                null,
                "teams/a/kops.yaml",
                "etcd-alerts",
                Map.of(),
                Map.of(),
                annotations);
    }

    private static RoutingInput jobOf(@Nullable String file, @Nullable String repository) {
        return new RoutingInput(
                "unit",
                JobType.PERIODIC,
                repository == null ? null : Repository.of(repository),
                null,
                null,
                null,
                file,
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }

    @Test
    void theFirstSourceThatNamesASigDecidesAndTheTraceNamesIt() {
        RoutingInput job = job(
                "ruled",
                Map.of(
                        "ci.example.org/sig", "release",
                        "testgrid-dashboards", "kops-latest, sig-contribex-misc, sig-node-misc",
                        "testgrid-alert-email", "someone@example.org,Batch@example.org",
                        "description", "Runs kops. OWNER: sig-node; not sig-etcd"));
        List<RouteSource> sources = new ArrayList<>(RouteSource.DEFAULT_ORDER);
        List<String> found = new ArrayList<>();
        while (!sources.isEmpty()) {
            Route route = route(sources, job);
            found.add(route.source().value() + " " + route.sig() + ": " + route.because());
            sources.remove(route.source());
            if (route.source() == RouteSource.DEFAULT) {
                break;
            }
        }

        assertThat(found)
                .containsExactly(
                        "annotation release: set by the annotations of the job",
                        "rules multi: named so",
                        "testgrid contributor-experience: the testgrid dashboard sig-contribex-misc belongs to"
                                + " contributor-experience",
                        "slack etcd: Prow reports the job to the Slack channel etcd-alerts of etcd",
                        "email wg-batch: testgrid alerts Batch@example.org of wg-batch",
                        "description node: the description of the job names the owner node",
                        "file cluster-lifecycle: the job file teams/a/kops.yaml is named for kops, a subproject of"
                                + " cluster-lifecycle",
                        "owners node: teams/a/OWNERS names node",
                        "subprojects cluster-lifecycle: sigs.yaml lists kubernetes/kops as a subproject of"
                                + " cluster-lifecycle",
                        "default none: no rule and no repository matches this job");
    }

    @Test
    void theOrderOfTheSettingsCounts() {
        RoutingInput job = job("unit", Map.of("testgrid-dashboards", "sig-node-misc"));

        assertThat(route(List.of(RouteSource.OWNERS, RouteSource.TESTGRID), job).source())
                .isEqualTo(RouteSource.OWNERS);
        assertThat(route(List.of(RouteSource.TESTGRID, RouteSource.OWNERS), job).source())
                .isEqualTo(RouteSource.TESTGRID);
        assertThat(route(null, jobOf(null, "k/website")).source()).isEqualTo(RouteSource.REPOSITORIES);
    }

    @ParameterizedTest
    @CsvSource({
        "jobs/sig-node/misc.yaml, node",
        "sig-node/images/k8s-staging-sig-etcd.yaml, etcd",
        "sig-node/sig-unknown/x.yaml, node",
        "jobs/wg-batch-x.yaml, wg-batch",
        "jobs/kubernetes/kops/misc.yaml, cluster-lifecycle",
        "kops/misc.yaml, cluster-lifecycle",
        "kops-presubmits-e2e.yaml, cluster-lifecycle",
        "etcd/misc.yaml, etcd",
        "etcd-io/raft/x.yaml, etcd",
        "none/multi.yaml, ",
        "jobs/big-kops.yaml, ",
        "k/k/x.yaml, "
    })
    void theFileNamesItsSigInItsFoldersOrItsName(String file, @Nullable String sig) {
        assertThat(route(List.of(RouteSource.FILE), jobOf(file, null)).sig()).isEqualTo(sig == null ? "none" : sig);
    }

    @ParameterizedTest
    @CsvSource({
        "teams/a/deep/x.yaml, node",
        "teams/b/x.yaml, none",
        "teams/c/x.yaml, etcd",
        "teams/x.yaml, release",
        "x.yaml, release"
    })
    void theNearestOwnersFileWithASigDecides(String file, String sig) {
        assertThat(route(List.of(RouteSource.OWNERS), jobOf(file, null)).sig()).isEqualTo(sig);
    }

    @ParameterizedTest
    @CsvSource({"kubernetes/kops, cluster-lifecycle", "Etcd-io/Raft, etcd", "k/k, none", "other/kops, none"})
    void aRepositoryOfOneSigBelongsToIt(String repository, String sig) {
        assertThat(route(List.of(RouteSource.SUBPROJECTS), jobOf(null, repository))
                        .sig())
                .isEqualTo(sig);
    }
}
