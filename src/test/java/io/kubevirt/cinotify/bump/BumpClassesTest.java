// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.BumpClasses.BumpClassification;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classifies automated pull requests with the preset. */
class BumpClassesTest {

    private static final Path HISTORY = Path.of("src/test/resources/kubevirt/bump-pull-requests.tsv");

    private static BumpClasses preset;

    @BeforeAll
    static void preset() throws InvalidConfigException {
        preset = new ConfigLoader(Path.of("config"), null).load().bumpClasses();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # regular bumps
        kubevirt/project-infra | kubevirt-bot | prow-autobump | kubevirt-bot | Bump Prow | BUMP | prow-bump
        kubevirt/kubevirt | kubevirt-bot | bump-kubevirtci | kubevirt-bot | Bump kubevirtci | BUMP | kubevirtci-bump
        kubevirt/kubevirt | Kubevirt-Bot | bump-kubevirtci | KubeVirt-bot | Bump kubevirtci | BUMP | kubevirtci-bump
        # the branch is unknown
        kubevirt/kubevirt | kubevirt-bot | - | - | [release-1.6] Automated update of common-instancetypes bundles to v1.4.1 | BUMP | instancetypes-bump
        kubevirt/kubevirt | kubevirt-bot | - | - | [release-1.6] Bump kubevirtci | OTHER | cherry-pick
        # a script was moved, and the title changed with it
        kubevirt/kubevirt | kubevirt-bot | bump-images | kubevirt-bot | Automated run of make bump-images and ./robots/uploader | BUMP | image-bump
        # a manual cherry-pick: the branch decides, whatever the title
        kubevirt/kubevirt | kubevirt-bot | cherry-pick-13544-to-release-1.3 | kubevirt-bot | Bump kubevirtci | OTHER | cherry-pick
        # a human does the work of a bot
        kubevirt/kubevirt | oshoval | bump-kubevirtci | oshoval | Bump kubevirtci | HUMAN | -
        # somebody's fork has a branch of the same name
        kubevirt/kubevirt | kubevirt-bot | bump-kubevirtci | mallory | Bump kubevirtci | UNCLASSIFIED | -
        # a job that opened its pull request in the wrong repository
        kubevirt/kubevirt | kubevirt-bot | bump-kubevirtci | kubevirt-bot | Run cd ../hyperconverged-cluster-operator && make bump-kubevirtci | UNCLASSIFIED | -
        # no bump, whatever its title has become
        kubevirt/kubevirt | kubevirt-bot | auto-quarantine | kubevirt-bot | > [!WARNING] > **Flaky tests detected!** | OTHER | auto-quarantine
        kubevirt/project-infra | kubevirt-bot | autoowners | kubevirt-bot | Sync OWNERS files by autoowners job at Wed, 08 Oct 2025 17:18:45 UTC | OTHER | autoowners
        # other bots, whose branches are in the repository itself
        kubevirt/kubevirtci | dependabot[bot] | dependabot/go_modules/golang.org/x/net-0.38.0 | kubevirt | build(deps): bump golang.org/x/net | BUMP | dependabot
        # an unknown class of a configured bot
        kubevirt/project-infra | kubevirt-bot | brand-new-automation | kubevirt-bot | Do something new | UNCLASSIFIED | -
        # another repository has none of these
        kubevirt/community | kubevirt-bot | bump-kubevirtci | kubevirt-bot | Bump kubevirtci | UNCLASSIFIED | -
        """)
    void aPullRequestMatchesOneClassOrNone(
            String repository,
            String author,
            @Nullable String branch,
            @Nullable String fork,
            String title,
            BumpClassification.Kind kind,
            @Nullable String name) {
        BumpClassification found =
                preset.classify(new BumpCandidate(Repository.of(repository), 1, author, title, branch, fork));

        assertThat(found.kind()).isEqualTo(kind);
        assertThat(found.bumpClass() == null ? null : found.bumpClass().name()).isEqualTo(name);
        assertThat(found.trace()).isNotEmpty();
    }

    @Test
    void aRejectedPullRequestHasAReason() {
        assertThat(preset.classify(new BumpCandidate(
                                Repository.of("kubevirt/kubevirt"),
                                1,
                                "kubevirt-bot",
                                "Bump everything",
                                "bump-kubevirtci",
                                "kubevirt-bot"))
                        .trace())
                .anySatisfy(reason -> assertThat(reason).contains("kubevirtci-bump", "the title does not"));
    }

    /** One pull request of each kind that the bots opened within a year, with and without its branch. */
    @Test
    void everyPullRequestOfAYearIsInItsClass() throws IOException {
        List<String> lines = Files.readAllLines(HISTORY);

        assertThat(lines.stream().skip(1).flatMap(line -> misread(line.split("\t", -1)).stream()))
                .isEmpty();
    }

    private static List<String> misread(String[] cells) {
        List<String> wrong = new ArrayList<>();
        for (@Nullable String branch : branches(cells[3])) {
            BumpClassification found = preset.classify(new BumpCandidate(
                    new Repository("kubevirt", cells[0]), Integer.valueOf(cells[1]), cells[2], cells[4], branch, null));
            String expected = cells[5].equals("bot-other") ? "none" : cells[5];
            String name = found.bumpClass() == null ? "none" : found.bumpClass().name();
            boolean bump = found.kind() == BumpClassification.Kind.BUMP;
            if (!expected.equals(name) || bump != cells[6].equals("y")) {
                wrong.add(String.join(" ", cells) + " -> " + name);
            }
        }
        return wrong;
    }

    /** With the branch, and as if it were unknown. */
    private static List<@Nullable String> branches(String written) {
        List<@Nullable String> branches = new ArrayList<>();
        branches.add(null);
        if (!written.isEmpty()) {
            branches.add(written);
        }
        return branches;
    }
}
