// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.TrackedBump;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request of a trusted bot without a class notifies cy of support, who works Sun-Thu 06:00-14:00 UTC. */
class UnclassifiedBumpTest {

    private static final String NOTIFIED = "opened cy 2026-07-15T06:00:00Z";
    private static final String WEDNESDAY = "2026-07-15T06:00:00Z";

    @TempDir
    private Path folder;

    private BumpScenario bump;

    @BeforeEach
    void openUnclassifiedBump() throws Exception {
        bump = BumpScenario.at(folder, WEDNESDAY).branch("brand-new").opens().until("2026-07-15T06:10:00Z");
        assertThat(bump.open()).singleElement().satisfies(incident -> assertThat(incident.title())
                .startsWith("unclassified pull request"));
    }

    @Test
    void anUnclassifiedBumpNotifiesOnceHoweverLongNobodyAnswers() throws Exception {
        bump.until("2026-07-16T07:00:00Z").pushes("s2").until("2026-07-24T14:00:00Z");

        assertThat(bump.notified()).containsExactly(NOTIFIED);
        assertThat(bump.sentKinds()).containsExactly("opened");
    }

    @Test
    void anUnclassifiedBumpIsResolvedWhenTheConfigurationExcludesIt() throws Exception {
        bump.addsClass("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();

        assertThat(bump.until("2026-07-15T07:00:00Z").open()).isEmpty();
        assertThat(bump.sentKinds()).containsExactly("opened", "resolved");
        assertThat(bump.lastMessage()).contains("the configuration excludes it");
    }

    @Test
    void anUnclassifiedBumpIsResolvedWhenItsAuthorIsNoLongerAKnownBot() throws Exception {
        bump.addsClass("{name: left-alone, bump: false, author: [other], head: brand-new}")
                .changesClasses("author: [bot]", "author: [other]")
                .isEdited();

        assertThat(bump.until("2026-07-15T07:00:00Z").open()).isEmpty();
    }

    @Test
    void anUnclassifiedBumpBecomesABumpWhenAClassMatches() throws Exception {
        bump.addsClass("{name: new-bump, author: [bot], head: brand-new, area: support}")
                .isEdited()
                .until("2026-07-15T07:00:00Z");
        assertThat(bump.open()).isEmpty();
        assertThat(bump.lastMessage()).contains("a class now matches it");

        assertThat(bump.conflicts(true).until("2026-07-15T10:00:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.title()).isEqualTo("new-bump example/infra#7"));
    }

    @Test
    void anExcludedBumpIsTrackedAgainAfterAConfigurationChange() throws Exception {
        bump.addsClass("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();
        bump.changesClasses("bump: false, ", "")
                .addsClass("{name: other, author: [bot], head: other}")
                .isEdited();

        assertThat(bump.conflicts(true).until("2026-07-15T10:00:00Z").sentKinds())
                .containsExactly("opened", "resolved");
        Optional<TrackedBump> known =
                bump.database().store().read(transaction -> transaction.bumps().find(BumpScenario.INFRA, 7));
        assertThat(known)
                .hasValueSatisfying(pull -> assertThat(pull.className()).isEqualTo("left-alone"));
    }
}
