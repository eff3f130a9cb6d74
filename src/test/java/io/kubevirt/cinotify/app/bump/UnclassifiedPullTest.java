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
package io.kubevirt.cinotify.app.bump;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.BumpPull;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trusted bot's pull request of no class: cy of support, who works Sun-Thu 06:00-14:00 UTC, is told. */
class UnclassifiedPullTest {

    private static final String TOLD = "opened cy 2026-07-15T06:00:00Z";
    private static final String WEDNESDAY = "2026-07-15T06:00:00Z";

    @TempDir
    private Path folder;

    private BumpLife life;

    @BeforeEach
    void somethingNewIsOpened() throws Exception {
        life = BumpLife.at(folder, WEDNESDAY).branch("brand-new").opens().until("2026-07-15T06:10:00Z");
        assertThat(life.open()).singleElement().satisfies(incident -> assertThat(incident.title())
                .startsWith("unclassified pull request"));
    }

    @Test
    void itIsReportedOnceHoweverLongNobodyAnswers() throws Exception {
        life.until("2026-07-16T07:00:00Z").pushes("s2").until("2026-07-24T14:00:00Z");

        assertThat(life.told()).containsExactly(TOLD);
        assertThat(life.said()).containsExactly("opened");
    }

    @Test
    void itIsOverOnceTheOperatorHasToldItApart() throws Exception {
        life.sorts("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();

        assertThat(life.until("2026-07-15T07:00:00Z").open()).isEmpty();
        assertThat(life.said()).containsExactly("opened", "resolved");
        assertThat(life.lastWord()).contains("the settings tell it apart");
    }

    @Test
    void itIsOverOnceItsAuthorIsNoBotThatTheSettingsKnow() throws Exception {
        life.sorts("{name: left-alone, bump: false, author: [other], head: brand-new}")
                .unsorts("author: [bot]", "author: [other]")
                .isEdited();

        assertThat(life.until("2026-07-15T07:00:00Z").open()).isEmpty();
    }

    @Test
    void onceAClassTakesItItIsABumpLikeOthers() throws Exception {
        life.sorts("{name: new-bump, author: [bot], head: brand-new, area: support}")
                .isEdited()
                .until("2026-07-15T07:00:00Z");
        assertThat(life.open()).isEmpty();
        assertThat(life.lastWord()).contains("a class of the settings takes it");

        assertThat(life.conflicts(true).until("2026-07-15T10:00:00Z").open())
                .singleElement()
                .satisfies(incident -> assertThat(incident.title()).isEqualTo("new-bump example/infra#7"));
    }

    @Test
    void whatWasLeftAloneByMistakeIsFollowedAgain() throws Exception {
        life.sorts("{name: left-alone, bump: false, author: [bot], head: brand-new}")
                .isEdited();
        life.unsorts("bump: false, ", "")
                .sorts("{name: other, author: [bot], head: other}")
                .isEdited();

        assertThat(life.conflicts(true).until("2026-07-15T10:00:00Z").said()).containsExactly("opened", "resolved");
        Optional<BumpPull> known =
                life.database().store().read(transaction -> transaction.bumps().find(BumpLife.INFRA, 7));
        assertThat(known).hasValueSatisfying(pull -> assertThat(pull.of()).isEqualTo("left-alone"));
    }
}
