// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.engine.DeliveryHandler.ParsedDelivery;
import io.kubevirt.cinotify.prow.RunParseResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes in a storm is decided once a second; everything else at once. */
class SameSecondBatcherTest {

    private static final Instant SECOND = Instant.parse("2026-07-15T10:00:05Z");

    private final DeliveryProcessor.SameSecondBatcher batcher = new DeliveryProcessor.SameSecondBatcher();
    private final Map<Instant, List<String>> received = new TreeMap<>();

    @Test
    void fewDeliveriesAreProcessedAtOnce() {
        receive(SECOND.plusMillis(400), DeliveryProcessor.SameSecondBatcher.MIN_BATCH - 1);

        assertThat(choose(SECOND.plusMillis(400))).hasSize(DeliveryProcessor.SameSecondBatcher.MIN_BATCH - 1);
        assertThat(batcher.nextBatchAt()).isEmpty();
    }

    @Test
    void aBurstIsProcessedAfterItsSecond() {
        receive(SECOND.plusMillis(400), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);

        assertThat(choose(SECOND.plusMillis(400))).isEmpty();
        Instant over = SECOND.plusSeconds(1).plus(DeliveryProcessor.SameSecondBatcher.SETTLE_TIME);
        assertThat(batcher.nextBatchAt()).contains(over);
        receive(SECOND.plusMillis(999), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);
        assertThat(choose(over.minusMillis(1))).isEmpty();
        receive(SECOND.plusMillis(1_001), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);

        assertThat(choose(over))
                .as("of the second that is over")
                .hasSize(2 * DeliveryProcessor.SameSecondBatcher.MIN_BATCH);
        received.keySet().removeIf(at -> at.isBefore(SECOND.plusSeconds(1)));
        assertThat(choose(over)).as("of the one that goes on").isEmpty();
        assertThat(batcher.nextBatchAt()).contains(over.plusSeconds(1));
    }

    @Test
    void ofABatchThatIsCutTheLastSecondIsDecidedWithItsRest() {
        List<ParsedDelivery> two = List.of(parsed(SECOND), parsed(SECOND), parsed(SECOND.plusSeconds(1)));
        List<ParsedDelivery> most =
                List.of(parsed(SECOND), parsed(SECOND.plusSeconds(1)), parsed(SECOND.plusMillis(1_900)));

        assertThat(DeliveryProcessor.withoutLastSecond(two)).isEqualTo(two.subList(0, 2));
        assertThat(DeliveryProcessor.withoutLastSecond(most))
                .as("most of the batch is not parsed again")
                .isEqualTo(most);
        assertThat(DeliveryProcessor.withoutLastSecond(List.of())).isEmpty();
    }

    private static ParsedDelivery parsed(Instant at) {
        RunParseResult none = new RunParseResult.NotARun(RunParseResult.NotARunReason.MALFORMED, "");
        return new ParsedDelivery("id", "status", at, "hook", "", none, null, true);
    }

    @Test
    void oldDeliveriesDoNotWait() {
        receive(SECOND.minus(Duration.ofMinutes(3)), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);

        assertThat(choose(SECOND)).hasSize(DeliveryProcessor.SameSecondBatcher.MIN_BATCH);
    }

    @Test
    void aClockThatIsAheadDelaysDeliveriesByOneSecondAtMost() {
        receive(SECOND.plusSeconds(3_600), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);

        assertThat(choose(SECOND.plusMillis(400))).isEmpty();
        assertThat(choose(batcher.nextBatchAt().orElseThrow())).hasSize(DeliveryProcessor.SameSecondBatcher.MIN_BATCH);
        assertThat(batcher.nextBatchAt()).isEmpty();
    }

    @Test
    void batchingEndsWhenFewDeliveriesAreLeft() {
        receive(SECOND.plusMillis(400), DeliveryProcessor.SameSecondBatcher.MIN_BATCH);
        choose(SECOND.plusMillis(400));
        received.clear();
        receive(SECOND.plusMillis(500), 1);

        assertThat(choose(SECOND.plusMillis(500))).hasSize(1);
        assertThat(batcher.nextBatchAt()).isEmpty();
    }

    private void receive(Instant at, int count) {
        received.put(
                at,
                IntStream.range(0, count).mapToObj(index -> at + " " + index).toList());
    }

    private List<String> choose(Instant now) {
        return batcher.choose(receivedBefore(Instant.MAX), this::receivedBefore, now);
    }

    private List<String> receivedBefore(Instant instant) {
        return received.entrySet().stream()
                .filter(entry -> entry.getKey().isBefore(instant))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
