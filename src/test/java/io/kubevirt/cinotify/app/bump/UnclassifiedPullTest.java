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

import java.nio.file.Path;
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
}
