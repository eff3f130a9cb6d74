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
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {

    private static final String SHA = "9049f1265b7d61be4a8904a9a27120d2064dab3b";
    private static final long SEED = 20260822;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Job failed. BaseSHA:" + SHA,
                "Job failed. Basesha:" + SHA,
                "Job failed.\u2001\u2001\u2001 BaseSHA:" + SHA,
                "\u2001 Job failed.\u00a0\u2007\u202f\t\nBaseSHA:" + SHA + " ",
                "Job failed. BaseSHA:",
                "Job failed.\u3000",
                "Job failed."
            })
    void theTailAndEveryKindOfBlankIsTakenOff(String raw) {
        assertThat(Description.clean(raw)).isEqualTo("Job failed.");
    }

    @Test
    void onlyTheLastTailIsOne() {
        assertThat(Description.clean("Terminal error: bad BaseSHA:x found. BaseSHA:" + SHA))
                .isEqualTo("Terminal error: bad BaseSHA:x found.");
        assertThat(Description.clean("Terminal error: noBaseSHA:x.")).isEqualTo("Terminal error: noBaseSHA:x.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2001\u2001 BaseSHA:" + SHA, "BaseSHA:" + SHA})
    void nothingStaysNothing(String raw) {
        assertThat(Description.clean(raw)).isEmpty();
    }

    @Test
    void whatProwPadsIsCleanedToWhatProwMeant() {
        Random random = new Random(SEED);
        for (int round = 0; round < 10_000; round++) {
            StringBuilder meant = new StringBuilder("J");
            for (int length = random.nextInt(80); length > 0; length--) {
                meant.append((char) (' ' + random.nextInt(95)));
            }
            meant.append('.');
            String padded = meant + "\u2001".repeat(random.nextInt(60)) + " BaseSHA:" + SHA;
            assertThat(Description.clean(padded))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(meant.toString());
            assertThat(Description.clean(Description.clean(padded))).isEqualTo(Description.clean(padded));
        }
    }
}
