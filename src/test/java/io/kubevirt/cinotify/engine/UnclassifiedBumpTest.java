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

/** A trusted bot's pull request of no class: cy of support, who works Sun-Thu 06:00-14:00 UTC, is told. */
class UnclassifiedBumpTest {

    private static final String TOLD = "opened cy 2026-07-15T06:00:00Z";
    private static final String WEDNESDAY = "2026-07-15T06:00:00Z";

    @TempDir
    private Path folder;

    private BumpScenario life;

    @BeforeEach
    void somethingNewIsOpened() throws Exception {
        life = BumpScenario.at(folder, WEDNESDAY).branch("brand-new").opens().until("2026-07-15T06:10:00Z");
        assertThat(life.open()).singleElement().satisfies(incident -> assertThat(incident.title())
                .startsWith("unclassified pull request"));
    }

    @Test
    void itIsReportedOnceHoweverLongNobodyAnswers() throws Exception {
        life.until("2026-07-16T07:00:00Z").pushes("s2").until("2026-07-24T14:00:00Z");

        assertThat(life.notified()).containsExactly(TOLD);
        assertThat(life.sentKinds()).containsExactly("opened");
    }

    @Test
    void itIsOverOnceTheOperatorHasToldItApart() throws Exception {
        life.addsClass("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();

        assertThat(life.until("2026-07-15T07:00:00Z").open()).isEmpty();
        assertThat(life.sentKinds()).containsExactly("opened", "resolved");
        assertThat(life.lastMessage()).contains("the configuration excludes it");
    }

    @Test
    void itIsOverOnceItsAuthorIsNoBotThatTheSettingsKnow() throws Exception {
        life.addsClass("{name: left-alone, bump: false, author: [other], head: brand-new}")
                .changesClasses("author: [bot]", "author: [other]")
                .isEdited();

        assertThat(life.until("2026-07-15T07:00:00Z").open()).isEmpty();
    }

    @Test
    void onceAClassTakesItItIsABumpLikeOthers() throws Exception {
        life.addsClass("{name: new-bump, author: [bot], head: brand-new, area: support}")
                .isEdited()
                .until("2026-07-15T07:00:00Z");
        assertThat(life.open()).isEmpty();
        assertThat(life.lastMessage()).contains("a class now matches it");

        assertThat(life.conflicts(true).until("2026-07-15T10:00:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.title()).isEqualTo("new-bump example/infra#7"));
    }

    @Test
    void whatWasLeftAloneByMistakeIsFollowedAgain() throws Exception {
        life.addsClass("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();
        life.changesClasses("bump: false, ", "")
                .addsClass("{name: other, author: [bot], head: other}")
                .isEdited();

        assertThat(life.conflicts(true).until("2026-07-15T10:00:00Z").sentKinds())
                .containsExactly("opened", "resolved");
        Optional<TrackedBump> known =
                life.database().store().read(transaction -> transaction.bumps().find(BumpScenario.INFRA, 7));
        assertThat(known)
                .hasValueSatisfying(pull -> assertThat(pull.className()).isEqualTo("left-alone"));
    }
}
