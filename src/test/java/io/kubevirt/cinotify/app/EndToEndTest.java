// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a signed delivery at the plugin's port to what a person reads. */
@QuarkusTest
@TestProfile(WholePlugin.class)
class EndToEndTest extends PluginTest {

    private static final Instant SATURDAY_NIGHT = Instant.parse("2026-07-18T22:00:00Z");
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-20T07:00:00Z");

    private static final Duration HOLD = Duration.ofMinutes(10);

    @Test
    void aProblemIsNotifiedOnceAndItsEndOnce() {
        assertThat(decided(StatusPayload.failure().build(1)).reason()).isEqualTo("below-threshold");
        assertThat(decided(StatusPayload.failure().build(2).pull(14891)).reason())
                .isEqualTo("below-threshold");
        String third = decided(StatusPayload.failure().build(3).pull(14892)).id();
        assertThat(outcomes().entry(third).outcome()).isEqualTo("held");
        assertThat(console.paragraphs()).isEmpty();

        pass(HOLD);
        assertThat(outcomes().entry(third).outcome()).isEqualTo("notified");
        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("OPENED  sig-compute e2e (k8s 1.36) broken: 3 PRs affected\n")
                .contains(
                        "\n  dhiller primary", "SIG compute", "3 runs failed since 12:00 UTC on #14890, #14891, #14892")
                .contains("/14892/pull-kubevirt-e2e-k8s-1.36-sig-compute/3"));

        assertThat(decided(StatusPayload.failure().build(4).pull(14893)).reason())
                .isEqualTo("joined-open-incident");
        assertThat(console.paragraphs()).hasSize(1);

        pass(Duration.ofMinutes(90));
        assertThat(decided(StatusPayload.success().build(5)).reason()).isEqualTo("success");
        assertThat(decided(StatusPayload.success().build(6).pull(14891)).outcome())
                .isEqualTo("notified");
        assertThat(console.paragraphs()).hasSize(2).last().satisfies(text -> assertThat(text)
                .startsWith("RESOLVED  sig-compute e2e (k8s 1.36)\n")
                .contains("Broken for 1 h 40 min, 4 PRs, 4 failed runs", "passing again"));
    }

    @Test
    void aLaneThatBreaksAgainIsTheSameIncident() {
        breaks(1);
        pass(HOLD);
        decided(StatusPayload.success().build(11).pull(1));
        decided(StatusPayload.success().build(12).pull(2));
        pass(Duration.ofHours(1));
        breaks(21);
        pass(HOLD);

        assertThat(console.paragraphs())
                .extracting(text -> text.substring(0, text.indexOf(' ')))
                .containsExactly("OPENED", "RESOLVED", "OPENED");
        assertThat(outcomes().query("SELECT 1 FROM incident")).hasSize(1);
    }

    @Test
    void aFailureOnSaturdayNightIsShownAtOnceAndNotifiedOnMonday() {
        clock.set(SATURDAY_NIGHT);
        breaks(1);
        pass(HOLD);
        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("DEFERRED until 2026-07-20 07:00 UTC  sig-compute e2e")
                .contains("\n  dhiller primary"));

        until(MONDAY_NINE.minusMillis(1));
        assertThat(console.paragraphs()).hasSize(1);

        until(MONDAY_NINE);
        assertThat(console.paragraphs()).hasSize(2).last().satisfies(text -> assertThat(text)
                .startsWith("OPENED  sig-compute e2e")
                .contains("since 2026-07-18 22:00 UTC"));

        pass(Duration.ofHours(1));
        assertThat(console.paragraphs()).hasSize(2);
    }

    @Test
    void aRecoveryBeforeMondayIsNotNotified() {
        clock.set(SATURDAY_NIGHT);
        breaks(1);
        pass(HOLD);
        pass(Duration.ofHours(3));
        decided(StatusPayload.success().build(11).pull(1));
        decided(StatusPayload.success().build(12).pull(2));

        assertThat(outcomes().counts()).containsEntry("suppressed healed", 1L);
        until(MONDAY_NINE);
        assertThat(console.paragraphs()).hasSize(2).last().asString().startsWith("DROPPED  sig-compute e2e");
    }

    /** Without an acknowledgement the next level is notified, after the working time of the notified member. */
    @Test
    void withoutAcknowledgementTheNextLevelIsNotified() {
        clock.set(Instant.parse("2026-07-15T08:00:00Z"));
        breaks(1);
        pass(HOLD);
        pass(Duration.ofHours(4));

        assertThat(console.paragraphs()).hasSize(2).last().satisfies(text -> assertThat(text)
                .startsWith("ESCALATED  sig-compute e2e")
                .contains(" secondary", "dhiller has not acknowledged"));
    }

    /** Three pull requests of the lane are red. */
    private void breaks(int build) {
        for (int pull = 1; pull <= 3; pull++) {
            decided(StatusPayload.failure().build(build + pull).pull(pull).sha("%040x".formatted(build)));
        }
    }

    @Test
    void anOutageOfTwentyLanesIsOneMessage() {
        for (int pull = 1; pull <= 4; pull++) {
            for (int lane = 0; lane < 4; lane++) {
                decided(StatusPayload.failure()
                        .job("pull-kubevirt-e2e-lane-" + pull + lane)
                        .build(10L * pull + lane)
                        .pull(pull));
            }
        }
        pass(HOLD);

        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("OPENED  Outage of kubevirt/kubevirt: 10 lanes, 3 PRs blocked\n")
                .contains("/ci-notify ack "));
        assertThat(outcomes().counts().keySet()).doesNotContain("held");
    }

    @ParameterizedTest
    @CsvSource({
        "status-presubmit-pending.json, not-a-result",
        "status-presubmit-triggered.json, no-address",
        "status-presubmit-aborted.json, not-a-result",
        "status-overridden.json, overridden",
        "status-override-cancelled.json, override-cancelled",
        "status-tide.json, tide",
        "status-dco.json, foreign-address",
        "status-postsubmit-success.json, success"
    })
    void whatIsNobodysFailureIsCountedWithItsReason(String file, String reason) throws IOException {
        StoredOutcomes.Entry entry = decided(new ObjectMapper().writeValueAsBytes(StatusPayload.recorded(file)));

        assertThat(entry.outcome()).isEqualTo("suppressed");
        assertThat(entry.reason()).isEqualTo(reason);
        assertThat(console.paragraphs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "prow.example.org, kubevirt-prow, foreign-address",
        "prow.ci.kubevirt.io, somebodys-bucket, untrusted-bucket",
        "prow.ci.kubevirt.io.example.org, kubevirt-prow, foreign-address",
        "prow.ci.kubevirt.io@example.org, kubevirt-prow, foreign-address"
    })
    void pagesOfOthersAreNotBelieved(String host, String bucket, String reason) {
        assertThat(decided(StatusPayload.failure().at(host, bucket)).reason()).isEqualTo(reason);
        assertThat(console.paragraphs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rehearsal-pull-kubevirt-unit-test", "coverage-auto"})
    void theTrialRunsOfAPluginAreNoFailure(String job) {
        assertThat(decided(StatusPayload.failure().job(job)).reason()).isEqualTo("excluded-job");
        assertThat(console.paragraphs()).isEmpty();
    }

    @Test
    void aDuplicateDeliveryIsNotifiedOnce() {
        byte[] body = StatusPayload.failure().bytes();

        assertThat(post("guid-1", body).reply()).contains("stored");
        settle();
        assertThat(post("guid-1", body).reply()).contains("duplicate delivery");
        assertThat(post("guid-2", body).reply()).contains("stored");
        settle();

        assertThat(outcomes().counts()).isEqualTo(Map.of("suppressed below-threshold", 1L, "suppressed duplicate", 1L));
    }

    @Test
    void aLatePendingStateDoesNotReopenAFailedRun() {
        decided(StatusPayload.failure().build(1));

        assertThat(decided(StatusPayload.of("pending", "Job triggered.").build(1))
                        .reason())
                .isEqualTo("duplicate");
    }

    @ParameterizedTest
    @CsvSource({
        "Pod scheduling timeout., operations",
        "Pod got deleted unexpectedly, operations",
        "Job pod was evicted by the cluster, operations",
        "Terminal error: no such cluster, prow",
        "Pod can not be created: quota, prow"
    })
    void whatProwItselfCannotRunGoesToThoseWhoRunIt(String description, String area) {
        for (int pull = 1; pull <= 3; pull++) {
            decided(StatusPayload.of("error", description).build(pull).pull(pull));
        }
        pass(HOLD);

        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .contains("\n    " + description + "\n"));
        assertThat(outcomes().query("SELECT 1 FROM incident WHERE area = '" + area + "'"))
                .hasSize(1);
    }

    @Test
    void unusedEventsAreAnsweredAndNotStored() {
        Dispatch dispatch = io.kubevirt.cinotify.fixture.ProwHook.signingWith(WholePlugin.KEY)
                .dispatch(root, "push", "{}".getBytes(), WholePlugin.KEY);

        assertThat(dispatch.status()).isEqualTo(200);
        assertThat(outcomes().entries()).isEmpty();
    }
}
