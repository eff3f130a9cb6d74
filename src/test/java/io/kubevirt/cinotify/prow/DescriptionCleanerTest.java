// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionCleanerTest {

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
        assertThat(DescriptionCleaner.clean(raw)).isEqualTo("Job failed.");
    }

    @Test
    void theTailIsTheTestedCommit() {
        assertThat(DescriptionCleaner.baseSha("Job failed.\u00a0\u2001 BaseSHA:" + SHA))
                .isEqualTo(SHA);
        assertThat(DescriptionCleaner.baseSha("Job failed. BaseSHA:nonsense")).isNull();
        assertThat(DescriptionCleaner.baseSha("Job failed. noBaseSHA:" + SHA)).isNull();
        assertThat(DescriptionCleaner.baseSha("")).isNull();
    }

    @Test
    void onlyTheLastBaseShaIsRemoved() {
        assertThat(DescriptionCleaner.clean("Terminal error: bad BaseSHA:x found. BaseSHA:" + SHA))
                .isEqualTo("Terminal error: bad BaseSHA:x found.");
        assertThat(DescriptionCleaner.clean("Terminal error: noBaseSHA:x.")).isEqualTo("Terminal error: noBaseSHA:x.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2001\u2001 BaseSHA:" + SHA, "BaseSHA:" + SHA})
    void anEmptyTextStaysEmpty(String raw) {
        assertThat(DescriptionCleaner.clean(raw)).isEmpty();
    }

    @Test
    void aPaddedDescriptionIsRestored() {
        Random random = new Random(SEED);
        for (int round = 0; round < 10_000; round++) {
            StringBuilder meant = new StringBuilder("J");
            for (int length = random.nextInt(80); length > 0; length--) {
                meant.append((char) (' ' + random.nextInt(95)));
            }
            meant.append('.');
            String padded = meant + "\u2001".repeat(random.nextInt(60)) + " BaseSHA:" + SHA;
            assertThat(DescriptionCleaner.clean(padded))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(meant.toString());
            assertThat(DescriptionCleaner.clean(DescriptionCleaner.clean(padded)))
                    .isEqualTo(DescriptionCleaner.clean(padded));
        }
    }
}
