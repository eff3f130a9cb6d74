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
package io.kubevirt.cinotify.app;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
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

    @Test
    void aProblemIsToldOnceAndItsEndOnce() {
        assertThat(decided(StatusPayload.failure().build(1)).outcome()).isEqualTo("noticed");
        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("OPENED  kubevirt/kubevirt pull-kubevirt-e2e-k8s-1.36-sig-compute\n")
                .contains("tell      dhiller (Primary)", "sig       compute", "on #14890"));

        assertThat(decided(StatusPayload.failure().build(2).pull(14891)).reason())
                .isEqualTo("incident-open");
        assertThat(console.paragraphs()).hasSize(1);

        clock.set(NOON.plus(Duration.ofMinutes(90)));
        assertThat(decided(StatusPayload.success().build(3)).outcome()).isEqualTo("noticed");
        assertThat(decided(StatusPayload.success().build(4)).reason()).isEqualTo("passed");
        assertThat(console.paragraphs()).hasSize(2).last().satisfies(text -> assertThat(text)
                .startsWith("RESOLVED  kubevirt/kubevirt pull-kubevirt-e2e-k8s-1.36-sig-compute\n")
                .contains("passed again after 1 h 30 min, 2 red runs, on #14890, #14891"));
    }

    @Test
    void aLaneThatBreaksAgainIsToldAgainEvenInTheSameMillisecond() {
        decided(StatusPayload.failure().build(1));
        decided(StatusPayload.success().build(2));
        decided(StatusPayload.failure().build(3));

        assertThat(console.paragraphs())
                .extracting(text -> text.substring(0, text.indexOf(' ')))
                .containsExactly("OPENED", "RESOLVED", "OPENED");
    }

    @Test
    void onASaturdayNightItIsShownAtOnceAndToldOnMonday() {
        clock.set(SATURDAY_NIGHT);
        decided(StatusPayload.failure());
        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .startsWith("DEFERRED until 2026-07-20T07:00:00Z  kubevirt/kubevirt")
                .contains("tell      dhiller (Primary)"));

        clock.set(MONDAY_NINE.minusMillis(1));
        settle();
        assertThat(console.paragraphs()).hasSize(1);

        clock.set(MONDAY_NINE);
        settle();
        assertThat(console.paragraphs()).hasSize(2).last().satisfies(text -> assertThat(text)
                .startsWith("OPENED  kubevirt/kubevirt")
                .contains("since     2026-07-18T22:00:00Z"));

        clock.set(MONDAY_NINE.plus(Duration.ofHours(1)));
        settle();
        assertThat(console.paragraphs()).hasSize(2);
    }

    @Test
    void whatHealsBeforeMondayIsNotTold() {
        clock.set(SATURDAY_NIGHT);
        decided(StatusPayload.failure().build(1));
        clock.set(SATURDAY_NIGHT.plus(Duration.ofHours(3)));
        assertThat(decided(StatusPayload.success().build(2)).reason()).isEqualTo("healed");

        clock.set(MONDAY_NINE);
        settle();
        assertThat(console.paragraphs()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "status-presubmit-pending.json, running",
        "status-presubmit-triggered.json, no-address",
        "status-presubmit-aborted.json, aborted",
        "status-overridden.json, overridden",
        "status-override-cancelled.json, override-cancelled",
        "status-tide.json, tide",
        "status-dco.json, foreign-address",
        "status-postsubmit-success.json, passed"
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
        "prow.ci.kubevirt.io, somebodys-bucket, foreign-address",
        "prow.ci.kubevirt.io.example.org, kubevirt-prow, foreign-address",
        "prow.ci.kubevirt.io@example.org, kubevirt-prow, foreign-address"
    })
    void pagesOfOthersAreNotBelieved(String host, String bucket, String reason) {
        assertThat(decided(StatusPayload.failure().at(host, bucket)).reason()).isEqualTo(reason);
        assertThat(console.paragraphs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rehearsal-pull-kubevirt-unit-test", "coverage-auto"})
    void whatAPluginTriesOutIsNobodysFailure(String job) {
        assertThat(decided(StatusPayload.failure().job(job)).reason()).isEqualTo("plugin-run");
        assertThat(console.paragraphs()).isEmpty();
    }

    @Test
    void whatComesTwiceIsSaidOnce() {
        byte[] body = StatusPayload.failure().bytes();

        assertThat(post("guid-1", body).reply()).contains("stored");
        settle();
        assertThat(post("guid-1", body).reply()).contains("known already");
        assertThat(post("guid-2", body).reply()).contains("stored");
        settle();

        assertThat(console.paragraphs()).hasSize(1);
        assertThat(outcomes().counts()).isEqualTo(Map.of("noticed", 1L, "suppressed seen-before", 1L));
    }

    @Test
    void aLatePendingDoesNotWakeAFailedRun() {
        decided(StatusPayload.failure().build(1));

        assertThat(decided(StatusPayload.of("pending", "Job triggered.").build(1))
                        .reason())
                .isEqualTo("seen-before");
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
        decided(StatusPayload.of("error", description));

        assertThat(console.paragraphs()).singleElement().satisfies(text -> assertThat(text)
                .contains("area " + area + " ")
                .contains("error \"" + description + "\""));
    }

    @Test
    void eventsOfNoUseAreAnsweredAndNotKept() {
        Dispatch dispatch = io.kubevirt.cinotify.fixture.ProwHook.signingWith(WholePlugin.KEY)
                .dispatch(root, "push", "{}".getBytes(), WholePlugin.KEY);

        assertThat(dispatch.status()).isEqualTo(200);
        assertThat(outcomes().entries()).isEmpty();
    }
}
