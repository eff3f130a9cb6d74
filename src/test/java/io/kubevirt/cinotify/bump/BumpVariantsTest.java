// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.BumpClasses.BumpClassification;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented pull requests: the preset must not be overfitted to real ones. */
class BumpVariantsTest {

    private static final String BOT = "kubevirt-bot";

    /** A typical pull request of each class: repository, branch, title. */
    private static final List<List<String>> BUMPS = List.of(
            List.of("prow-bump", "kubevirt/project-infra", "prow-autobump", "Bump Prow"),
            List.of(
                    "prow-image-bump",
                    "kubevirt/project-infra",
                    "project-infra-image-bump",
                    "Bump prow and container images"),
            List.of(
                    "kubevirtci-centos-bump",
                    "kubevirt/kubevirtci",
                    "bump-centos10-stream",
                    "Automatic bump of CentOS 10 Stream to latest"),
            List.of("kubevirtci-cdi-bump", "kubevirt/kubevirtci", "bump-cdi", "Run ./hack/bump-cdi.sh"),
            List.of("kubevirtci-bump", "kubevirt/kubevirt", "bump-kubevirtci", "Bump kubevirtci"),
            List.of(
                    "image-bump",
                    "kubevirt/kubevirt",
                    "bump-images",
                    "Automated run of make bump-images and ./robots/uploader"),
            List.of(
                    "instancetypes-bump",
                    "kubevirt/kubevirt",
                    "update-common-instancetypes-main",
                    "Automated update of common-instancetypes bundles to v1.6.0"));

    private static BumpClasses preset;

    @BeforeAll
    static void preset() throws InvalidConfigException {
        preset = new ConfigLoader(Path.of("config"), null).load().bumpClasses();
    }

    private static BumpClassification classify(
            String repository, String author, String title, @Nullable String branch, @Nullable String fork) {
        return preset.classify(new BumpCandidate(Repository.of(repository), 1, author, title, branch, fork));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # as Prow's own autobumper would do it
        kubevirt/project-infra | autobump | Update prow to v20270108-0a1b2c3d4, and other images as necessary. | prow-bump
        kubevirt/project-infra | autobump-prow | Bump Prow to v20270108-0a1b2c3d4 | prow-bump
        kubevirt/project-infra | prow-autobump | Run ./hack/bump-prow.sh | prow-bump
        # one more job for images
        kubevirt/project-infra | grafana-image-bump | Bump grafana images | prow-image-bump
        # a release that is not out
        kubevirt/kubevirtci | bump-centos11-stream | Automatic bump of CentOS 11 Stream to latest | kubevirtci-centos-bump
        kubevirt/kubevirt | bump-cs11-rpm-dependencies | Run cd ../kubevirt && KUBEVIRT_CENTOS_STREAM_VERSION=11 SYNC_VENDOR=1 make rpm-deps | rpm-bump
        kubevirt/kubevirt | update-common-instancetypes-release-2.10 | [release-2.10] Automated update of common-instancetypes bundles to v2.0.0-rc.1 | instancetypes-bump
        kubevirt/kubevirt | update-virt-template-release-1.11 | [release-1.11] Automated update of virt-template to v0.9.0 | virt-template-bump
        # a script is called another way, or has moved
        kubevirt/kubevirtci | patch-version-bump | Run go run ./robots/kubevirtci-bumper -ensure-last-three-minor-of v1 --k8s-provider-dir /x | kubevirtci-provider-patch-bump
        kubevirt/kubevirtci | patch-version-bump | Run go run robots/kubevirtci-bumper --ensure-last-four-minor-of v1 --k8s-provider-dir /x | kubevirtci-provider-patch-bump
        kubevirt/kubevirtci | bump-cdi | Run hack/bump-cdi.sh v1.70 | kubevirtci-cdi-bump
        kubevirt/kubevirt | autoupdate | Run go run ./robots/uploader -workspace /y/WORKSPACE -dry-run=false | workspace-mirror
        kubevirt/kubevirt | bump-kubevirtci | Bump kubevirtci to 2701081200-0a1b2c3d | kubevirtci-bump
        # repositories beyond the three
        kubevirt/hyperconverged-cluster-operator | bump-kubevirtci | Run make bump-kubevirtci | component-bump
        kubevirt/containerized-data-importer | autoupdate | Run go run ./robots/uploader -workspace /z | component-bump
        kubevirt/ssp-operator | update-common-instancetypes-release-v0.24 | Update common-instancetypes | component-bump
        """)
    void aBumpIsRecognizedByItsBranchWhateverItsTitleAndVersion(
            String repository, String branch, String title, String name) {
        BumpClassification found = classify(repository, BOT, title, branch, BOT);

        assertThat(found.kind()).as("%s", found.trace()).isEqualTo(BumpClassification.Kind.BUMP);
        assertThat(found.bumpClass()).isNotNull().extracting(BumpClass::name).isEqualTo(name);
    }

    private static List<BumpClassification> withAndWithoutBranch(
            String repository, String author, String branch, String title) {
        String fork = repository.substring(0, repository.indexOf('/'));
        return List.of(
                classify(repository, author, title, branch, fork), classify(repository, author, title, null, fork));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        renovate[bot] | renovate/golang-1.x | chore(deps): update golang docker tag to v1.27
        renovate[bot] | renovate/lock-file-maintenance | chore(deps): lock file maintenance
        renovate[bot] | renovate/pin-dependencies | Pin dependencies
        renovate[bot] | renovate/configure | Configure Renovate
        """)
    void anExternalAccountIsRecognizedInEveryRepository(String author, String branch, String title) {
        for (String repository : List.of("kubevirt/kubevirt", "kubevirt/project-infra", "kubevirt/x")) {
            for (BumpClassification found : withAndWithoutBranch(repository, author, branch, title)) {
                assertThat(found.bumpClass())
                        .as("%s %s", repository, found.trace())
                        .isNotNull()
                        .extracting(BumpClass::name)
                        .isEqualTo("third-party-renovate");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dependabot/go_modules/go_modules-0a1b2c3d4e | build(deps): bump the go_modules group across 2 directories with 7 updates
        dependabot-npm_and_yarn-lodash-4.17.21 | chore(deps-dev): Bump lodash from 4.17.20 to 4.17.21 in /ui
        dependabot/pip/requests-gte-2.32 | Update requests requirement from ~=2.31 to ~=2.32 in /images/x
        dependabot/github_actions/actions/checkout-7 | Bump actions/checkout from 6 to 7
        """)
    void theOwnerOfDependabotDependsOnTheRepositoryAlsoForAStoredBump(String branch, String title) {
        dependabot("kubevirt/project-infra", branch, title, "prow", false);
        dependabot("kubevirt/kubevirtci", branch, title, "kubevirtci", true);
        for (String repository : List.of("kubevirt/kubevirt", "kubevirt/hostpath-provisioner", "kubevirt/x")) {
            dependabot(repository, branch, title, null, true);
        }
    }

    private static void dependabot(
            String repository, String branch, String title, @Nullable String area, boolean needsHuman) {
        for (BumpClassification found : withAndWithoutBranch(repository, "dependabot[bot]", branch, title)) {
            BumpClass of = Objects.requireNonNull(found.bumpClass());
            assertThat(of.name()).as("%s", found.trace()).isEqualTo("dependabot");

            assertThat(List.of(
                            of,
                            preset.classOf(storedBump(repository, of.name())).orElseThrow()))
                    .as(repository)
                    .allSatisfy(known -> {
                        assertThat(known.area()).isEqualTo(area);
                        assertThat(known.needsHuman()).isEqualTo(needsHuman);
                    });
        }
    }

    /** A stored bump, which has only the name of its class. */
    private static TrackedBump storedBump(String repository, String of) {
        Instant at = Instant.EPOCH;
        return new TrackedBump(
                Repository.of(repository), 1, of, "", "", "cafe", at, at, null, Map.of(), null, null, null);
    }

    @Test
    void classNamesAreUnique() {
        assertThat(preset.all()).extracting(BumpClass::name).doesNotHaveDuplicates();
    }

    @Test
    void aCherryPickIsNeverABump() {
        long seed = 20_261_129;
        Random random = new Random(seed);
        for (int trial = 0; trial < 200; trial++) {
            List<String> bump = BUMPS.get(random.nextInt(BUMPS.size()));
            String release = "release-" + random.nextInt(3) + "." + random.nextInt(40);
            String branch = "cherry-pick-" + (1 + random.nextInt(30_000)) + "-to-" + release;
            String author = random.nextInt(10) == 0 ? "kubevirt-prow[bot]" : BOT;
            String title = random.nextBoolean() ? "[" + release + "] " + bump.get(3) : bump.get(3);

            BumpClassification found = classify(bump.get(1), author, title, branch, author);

            assertThat(found.kind())
                    .as("seed %s: %s %s %s", seed, branch, title, found.trace())
                    .isEqualTo(BumpClassification.Kind.OTHER);
        }
    }

    @Test
    void onlyTheBotInItsOwnRepositoryFromItsOwnForkMakesABump() {
        for (List<String> bump : BUMPS) {
            String name = bump.get(0);
            String repository = bump.get(1);
            String branch = bump.get(2);
            String title = bump.get(3);
            assertThat(classify(repository, "KubeVirt-Bot", title, branch, "KUBEVIRT-BOT")
                            .bumpClass())
                    .as("GitHub logins are case-insensitive")
                    .isNotNull()
                    .extracting(BumpClass::name)
                    .isEqualTo(name);
            assertThat(classify(repository, "somebody", title, branch, "somebody")
                            .kind())
                    .isEqualTo(BumpClassification.Kind.HUMAN);
            assertThat(classify(repository, "somebody", title, null, null).kind())
                    .as("opened by a human, branch unknown")
                    .isEqualTo(BumpClassification.Kind.HUMAN);
            assertThat(classify(repository, BOT, title, branch, "somebody").kind())
                    .isEqualTo(BumpClassification.Kind.UNCLASSIFIED);
            assertThat(classify("elsewhere/" + name, BOT, title, branch, BOT).kind())
                    .isEqualTo(BumpClassification.Kind.UNCLASSIFIED);
            assertThat(classify(repository, BOT, title, branch + "-2", BOT).kind())
                    .as("the whole branch name must match")
                    .isEqualTo(BumpClassification.Kind.UNCLASSIFIED);
            assertThat(classify(repository, BOT, "Revert \"" + title + "\"", branch, BOT)
                            .kind())
                    .as("the title contradicts")
                    .isIn(BumpClassification.Kind.UNCLASSIFIED);
            assertThat(classify(repository, BOT, title, branch.toUpperCase(Locale.ROOT), BOT)
                            .kind())
                    .as("branch names are case-sensitive")
                    .isEqualTo(BumpClassification.Kind.UNCLASSIFIED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[release-1.7] Bump kubevirtci", "[release-1.8] Automated run of make bump-images"})
    void theTitleOfAReleaseBranchAloneIsNoProofOfACherryPickWhereTheBranchDiffers(String title) {
        assertThat(classify("kubevirt/kubevirt", BOT, title, "bump-for-the-release", BOT)
                        .kind())
                .isEqualTo(BumpClassification.Kind.UNCLASSIFIED);
        assertThat(classify("kubevirt/kubevirt", BOT, title, null, null).kind())
                .isEqualTo(BumpClassification.Kind.OTHER);
    }

    @Test
    void noTwoClassesOfARepositoryClaimTheSamePullRequest() {
        for (List<String> bump : BUMPS) {
            BumpCandidate pull = new BumpCandidate(Repository.of(bump.get(1)), 1, BOT, bump.get(3), bump.get(2), BOT);
            BumpCandidate byTitle = new BumpCandidate(Repository.of(bump.get(1)), 1, BOT, bump.get(3), null, null);

            assertThat(preset.all())
                    .filteredOn(known -> known.match(pull) == BumpClass.Match.YES)
                    .hasSize(1);
            assertThat(preset.all())
                    .filteredOn(known -> known.match(byTitle) == BumpClass.Match.YES)
                    .extracting(BumpClass::name)
                    .containsExactly(bump.get(0));
        }
    }
}
