// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.roster.Sig.Person;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigDirectoryTest {

    private static final Instant YESTERDAY = Instant.parse("2026-07-14T10:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-07-15T10:00:00Z");

    private static LastNotified lastNotified(Map<String, Instant> notified) {
        return handle -> Optional.ofNullable(notified.get(handle));
    }

    @ParameterizedTest
    @CsvSource({
        "compute,            kubevirt-dev,   iholder101 jean-edouard lyarwood 0xFelix fossedihelm",
        "control-plane,      kubevirt-dev,   lyarwood xpivarc",
        "scale,              '',             rthallisey",
        "ci,                 kubevirt-dev,   brianmcarey dhiller",
        "wg-arch-arm,        '',             zhlhahaha",
        "documentation,      '',             ''",
        "testing,            '',             ''",
        "kubevirt-community, virtualization, aburdenthehand",
    })
    void groupsAreKnownByShortNameWithPeopleAndChannel(String shortName, String channel, String people)
            throws InvalidConfigException {
        Sig sig = Seed.sigs().sig(shortName).orElseThrow();
        assertThat(Seed.sigs().channelOf(shortName).orElse("")).isEqualTo(channel);
        assertThat(String.join(" ", sig.people().stream().map(Person::handle).toList()))
                .isEqualTo(people);
    }

    @Test
    void peopleOfASigTakeTurns() throws InvalidConfigException {
        SigDirectory sigs = Seed.sigs();
        assertThat(sigs.personFor("control-plane", LastNotified.never()).map(Person::handle))
                .contains("lyarwood");
        assertThat(sigs.personFor("control-plane", lastNotified(Map.of("lyarwood", YESTERDAY)))
                        .map(Person::handle))
                .contains("xpivarc");
        assertThat(sigs.personFor("control-plane", lastNotified(Map.of("lyarwood", YESTERDAY, "xpivarc", TODAY)))
                        .map(Person::handle))
                .contains("lyarwood");
    }

    @Test
    void aSigWithoutPeopleHasNobodyInTurn() throws InvalidConfigException {
        assertThat(Seed.sigs().personFor("documentation", LastNotified.never())).isEmpty();
        assertThat(Seed.sigs().personFor("none", LastNotified.never())).isEmpty();
        assertThat(SigDirectory.empty().personFor("compute", LastNotified.never()))
                .isEmpty();
    }

    @Test
    void everyEntryThatCannotBeAGroupIsReported() {
        String text = """
            sigs:
              - label: sig/compute
                leadership:
                  chairs:
                    - name: Nobody
              - dir: sig-compute
              - mission_statement: none
            """;
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> SigDirectory.read(YamlDocument.parse("sigs.yaml", text)))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(ConfigProblem::toString)
                        .containsExactly(
                                "sigs.yaml:5: a person has no GitHub handle; add github: LOGIN",
                                "sigs.yaml:6: the group compute is defined twice; give one of them another label",
                                "sigs.yaml:7: a group has no label, dir or name; add a label"));
    }

    @Test
    void theWholeFileOfTheCommunityIsRead() throws IOException, InvalidConfigException {
        SigDirectory sigs = SigDirectory.read(YamlDocument.parse(
                "sigs.yaml", Files.readString(Path.of("src/test/resources/kubevirt/community-sigs.yaml"))));
        assertThat(sigs.sigs())
                .extracting(Sig::shortName)
                .contains("network", "storage", "observability", "buildsystem", "wg-arch-s390x", "wg-code-quality");
    }

    @Test
    void groupsOfKubernetesHaveTheKindOfTheirFolderAndFurtherNames() throws InvalidConfigException {
        SigDirectory sigs = SigDirectory.read(YamlDocument.parse("sigs.yaml", """
            sigs:
              - dir: sig-contributor-experience
                name: Contributor Experience
                label: contributor-experience
                contact: {slack: sig-contribex}
                subprojects:
                  - name: org
                    owners: ["https://raw.githubusercontent.com/kubernetes/org/main/OWNERS"]
            workinggroups:
              - {dir: wg-batch, name: Batch, label: batch, contact: {slack: wg-batch}}
            usergroups: []
            committees:
              - {dir: committee-steering, name: Steering, label: steering, contact: {slack: steering-committee}}
            gb_rep: {github: somebody, name: Somebody}
            """));

        assertThat(sigs.sigs())
                .extracting(Sig::shortName, Sig::otherNames)
                .containsExactly(
                        tuple("committee-steering", List.of()),
                        tuple("contributor-experience", List.of("contribex")),
                        tuple("wg-batch", List.of()));
        assertThat(sigs.sig("contributor-experience").orElseThrow().subprojects())
                .containsExactly(new Sig.Subproject(
                        "org", List.of("https://raw.githubusercontent.com/kubernetes/org/main/OWNERS")));
    }

    @Test
    void aliasesAreReadAndEqualInAnyCase() throws InvalidConfigException {
        OwnersAliases aliases = Seed.aliases();
        assertThat(aliases.names()).contains("ci-maintainers", "sig-scale-approvers");
        assertThat(aliases.people("ci-maintainers").orElseThrow())
                .contains("whitedyl", "DHILLER")
                .hasSize(5);
        assertThat(aliases.people("nobody")).isEmpty();
        assertThat(aliases.handles()).contains("rthallisey");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aliases: [a]            | the file has no aliases",
                "other: 1                | the file has no aliases",
                "aliases: {a: b}         | the alias a is not a list of handles",
                "aliases: {a: [{b: c}]}  | the alias a is not a list of handles",
            })
    void invalidAliasesAreReported(String text, String problem) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> OwnersAliases.read(YamlDocument.parse("OWNERS_ALIASES", text)))
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .extracting(ConfigProblem::problem)
                        .isEqualTo(problem));
    }
}
