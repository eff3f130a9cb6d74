// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.source.webhook.BodyBudget.Share;
import io.kubevirt.cinotify.source.webhook.RequestBodies.TransferRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory and the time of bodies. */
class BodyBudgetTest {

    private static final int LARGE = BodyBudget.SMALL_BYTES + 1;

    private final BodyBudget budget = new BodyBudget(100, 2 * LARGE);
    private final List<String> discarded = new ArrayList<>();

    @Test
    void theOldestBodyThatIsStillArrivingMakesSpace() {
        Share oldest = open("oldest");
        Share older = open("older");
        assertThat(oldest.add(60)).isTrue();
        assertThat(older.add(30)).isTrue();

        assertThat(open("new").add(60)).isTrue();
        assertThat(discarded).containsExactly("oldest");
        assertThat(oldest.add(1)).isFalse();
        assertThat(oldest.complete()).isFalse();
    }

    @Test
    void theOldestBodyDoesNotDisplaceYoungerOnes() {
        Share oldest = open("oldest");
        assertThat(oldest.add(60)).isTrue();
        assertThat(open("new").add(40)).isTrue();

        assertThat(oldest.add(1)).isFalse();
        assertThat(discarded).isEmpty();
        assertThat(open("next").add(60)).as("the oldest is released").isTrue();
    }

    @Test
    void aBodyThatHasArrivedIsNotDiscarded() {
        Share arrived = open("arrived");
        arrived.add(100);
        assertThat(arrived.complete()).isTrue();

        assertThat(open("new").add(1)).isFalse();
        arrived.release();
        arrived.release();
        assertThat(open("next").add(100)).isTrue();
        assertThat(discarded).isEmpty();
    }

    @Test
    void largeBodiesLeaveTheReserveToSmallOnes() {
        for (int body = 0; body < 10; body++) {
            open("large").add(LARGE);
        }
        assertThat(discarded).hasSize(8);
        assertThat(open("small").add(100)).isTrue();
        assertThat(discarded).hasSize(8);
    }

    @Test
    void aBodyThatGrowsLargeGivesTheReserveBack() {
        Share growing = open("growing");
        growing.add(90);
        assertThat(growing.add(LARGE)).isTrue();

        assertThat(open("small").add(100)).isTrue();
        assertThat(discarded).isEmpty();
    }

    @Test
    void aBodyTakesNoMoreMemoryThanTheBudgetCounts() {
        assertThat(BodyReader.capacity(1, 0, 0)).as("the first byte").isEqualTo(1);
        assertThat(BodyReader.capacity(1, 0, 25 << 20))
                .as("announced bytes may never come")
                .isEqualTo(1);
        assertThat(BodyReader.capacity(1001, 1000, 0)).isEqualTo(2000);
        assertThat(BodyReader.capacity(1001, 1000, 1500)).isEqualTo(1500);
    }

    @Test
    void oneBodyAloneHasSpaceWhateverItsSize() {
        assertThat(open("huge").add(10 * LARGE)).isTrue();
    }

    @Test
    void aBodyHasAGracePeriodARateAndADeadline() {
        TransferRate rate = new TransferRate(Duration.ofSeconds(5), 1_000, Duration.ofSeconds(60));

        assertThat(rate.isTooSlow(0, Duration.ofSeconds(5))).isFalse();
        assertThat(rate.isTooSlow(5_999, Duration.ofSeconds(6))).isTrue();
        assertThat(rate.isTooSlow(6_000, Duration.ofSeconds(6))).isFalse();
        assertThat(rate.isTooSlow(Long.MAX_VALUE, Duration.ofSeconds(61))).isTrue();
    }

    private Share open(String name) {
        return budget.open(() -> discarded.add(name));
    }
}
