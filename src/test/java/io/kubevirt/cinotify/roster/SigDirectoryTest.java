/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.fixture.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigDirectoryTest {

    private static final Instant YESTERDAY = Instant.parse("2026-07-14T10:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-07-15T10:00:00Z");

    private static LastTold told(Map<String, Instant> told) {
        return handle -> Optional.ofNullable(told.get(handle));
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
            throws InvalidDocument {
        Sig sig = Seed.sigs().sig(shortName).orElseThrow();
        assertThat(Seed.sigs().channelOf(shortName).orElse("")).isEqualTo(channel);
        assertThat(String.join(" ", sig.people().stream().map(Person::handle).toList()))
                .isEqualTo(people);
    }

    @Test
    void peopleOfASigTakeTurns() throws InvalidDocument {
        SigDirectory sigs = Seed.sigs();
        assertThat(sigs.personFor("control-plane", LastTold.never()).map(Person::handle))
                .contains("lyarwood");
        assertThat(sigs.personFor("control-plane", told(Map.of("lyarwood", YESTERDAY)))
                        .map(Person::handle))
                .contains("xpivarc");
        assertThat(sigs.personFor("control-plane", told(Map.of("lyarwood", YESTERDAY, "xpivarc", TODAY)))
                        .map(Person::handle))
                .contains("lyarwood");
    }

    @Test
    void aSigWithoutPeopleHasNobodyInTurn() throws InvalidDocument {
        assertThat(Seed.sigs().personFor("documentation", LastTold.never())).isEmpty();
        assertThat(Seed.sigs().personFor("none", LastTold.never())).isEmpty();
        assertThat(SigDirectory.empty().personFor("compute", LastTold.never())).isEmpty();
    }

    @Test
    void everyEntryThatCannotBeAGroupIsTold() {
        String text = """
                sigs:
                  - label: sig/compute
                    leadership:
                      chairs:
                        - name: Nobody
                  - dir: sig-compute
                  - mission_statement: none
                """;
        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> SigDirectory.read(YamlDocument.parse("sigs.yaml", text)))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::toString)
                        .containsExactly(
                                "sigs.yaml:5: a person has no GitHub handle; add github: and the login",
                                "sigs.yaml:6: the group compute is there twice; give one another label",
                                "sigs.yaml:7: a group has neither label nor dir nor name; name it"));
    }

    @Test
    void theWholeFileOfTheCommunityIsRead() throws IOException, InvalidDocument {
        Path file = Path.of("../shared/data/kubevirt/sigs.yaml");
        Assumptions.assumeTrue(Files.exists(file), "the community's whole file is not here");
        SigDirectory sigs = SigDirectory.read(YamlDocument.parse("sigs.yaml", Files.readString(file)));
        assertThat(sigs.sigs())
                .extracting(Sig::shortName)
                .contains("network", "storage", "observability", "buildsystem", "wg-arch-s390x", "wg-code-quality");
    }

    @Test
    void aliasesAreReadAndEqualInAnyCase() throws InvalidDocument {
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
                "aliases: [a]            | there are no aliases",
                "other: 1                | there are no aliases",
                "aliases: {a: b}         | the alias a is not a list of handles",
                "aliases: {a: [{b: c}]}  | the alias a is not a list of handles",
            })
    void aliasesThatAreNoneAreTold(String text, String problem) {
        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> OwnersAliases.read(YamlDocument.parse("OWNERS_ALIASES", text)))
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .extracting(Problem::problem)
                        .isEqualTo(problem));
    }
}
