// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The group's seed table, as the preset carries it. */
class RosterCommandsTest {

    private static final String EVERYONE_AT_WORK = "2026-07-15T10:00:00Z";
    private static final String SUNDAY = "2026-07-19T10:00:00Z";

    @Test
    void theJsonFollowsItsContract() throws Exception {
        JsonNode row = show(EVERYONE_AT_WORK, "bare-metal");

        List<String> fields = new ArrayList<>();
        row.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("area", "at", "responsible", "level", "next", "mentionSig");
        assertThat(row.get("area").textValue()).isEqualTo("bare-metal");
        assertThat(row.get("at").textValue()).isEqualTo(EVERYONE_AT_WORK);
        assertThat(row.get("responsible").textValue()).isEqualTo("dollierp");
        assertThat(row.get("level").textValue()).isEqualTo("primary");
        assertThat(row.get("next").get("person").textValue()).isEqualTo("dhiller");
        assertThat(row.get("next").get("level").textValue()).isEqualTo("backup");
        assertThat(row.get("next").get("at").textValue()).isEqualTo(EVERYONE_AT_WORK);
    }

    @Test
    void withEveryoneAtWorkThePrimaryIsResponsible() throws Exception {
        assertThat(show(EVERYONE_AT_WORK, "bare-metal").get("responsible").textValue())
                .isEqualTo("dollierp");
        assertThat(show(EVERYONE_AT_WORK, "operations").get("responsible").textValue())
                .isEqualTo("dollierp");
        assertThat(show(EVERYONE_AT_WORK, "prow").get("responsible").textValue())
                .isIn("dollierp", "dhiller");
        assertThat(show(EVERYONE_AT_WORK, "sig-support").get("responsible").textValue())
                .isEqualTo("dhiller");
    }

    @Test
    void kubevirtciHasNoPrimarySoThatABackupIsNotifiedAndTheSigMentioned() throws Exception {
        JsonNode row = show(EVERYONE_AT_WORK, "kubevirtci");

        assertThat(row.get("level").textValue()).isEqualTo("backup");
        assertThat(row.get("mentionSig").booleanValue()).isTrue();
    }

    @Test
    void onASundayBareMetalWaitsForMondayAtNineOfItsPrimary() throws Exception {
        JsonNode row = show(SUNDAY, "bare-metal");

        assertThat(row.get("responsible").isNull()).isTrue();
        assertThat(row.get("level").isNull()).isTrue();
        assertThat(row.get("next").get("person").textValue()).isEqualTo("dollierp");
        assertThat(row.get("next").get("level").textValue()).isEqualTo("primary");
        assertThat(row.get("next").get("at").textValue())
                .as("09:00 at GMT+1, as in the table")
                .isEqualTo("2026-07-20T08:00:00Z");
    }

    @Test
    void areasAreShownInTheOrderOfTheConfiguration() throws Exception {
        assertThat(Terminal.run("roster", "show", "--output", "json").json())
                .extracting(row -> row.get("area").textValue())
                .containsExactly("bare-metal", "operations", "prow", "kubevirtci", "sig-support");
    }

    @Test
    void theTextShowsTheSameAsTheJson() {
        assertThat(Terminal.run("roster", "show", "--output", "text", "--at", SUNDAY, "--area", "bare-metal")
                        .out())
                .isEqualToNormalizingNewlines(
                        "bare-metal   nobody at work, then dollierp (Primary) at 2026-07-20T08:00:00Z\n");
        assertThat(Terminal.run("roster", "show", "--output", "text", "--at", EVERYONE_AT_WORK, "--area", "kubevirtci")
                        .out())
                .endsWith("; no primary: the SIG is mentioned" + System.lineSeparator());
    }

    @Test
    void theFirstAndTheLastInstantAreAccepted() {
        for (String instant : List.of("1970-01-01T00:00:00Z", "8999-12-31T23:59:59.999999999Z")) {
            assertThat(Terminal.run("roster", "show", "--at", instant).code())
                    .as(instant)
                    .isZero();
            assertThat(Terminal.run("roster", "check", "--at", instant).code())
                    .as(instant)
                    .isZero();
            assertThat(Terminal.run("explain", "--job", "x", "--at", instant).code())
                    .as(instant)
                    .isZero();
        }
    }

    @Test
    void theCheckReportsGapsAndDrift() {
        Terminal.Result result = Terminal.run("roster", "check", "--output", "text", "--at", SUNDAY);

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("all areas: nobody on Saturday"))
                .anySatisfy(line -> assertThat(line).startsWith("bare-metal: nobody on Sunday"))
                .anySatisfy(line -> assertThat(line).startsWith("kubevirtci: kubevirtci has no Primary"))
                .anySatisfy(line -> assertThat(line).startsWith("Whitedyl: Whitedyl is in ci-maintainers"))
                .anySatisfy(line -> assertThat(line).startsWith("dollierp: dollierp has the fixed offset GMT+1"));
    }

    private static JsonNode show(String at, String area) throws Exception {
        Terminal.Result result = Terminal.run("roster", "show", "--output", "json", "--at", at, "--area", area);
        assertThat(result.code()).isZero();
        assertThat(result.json()).hasSize(1);
        return result.json().getFirst();
    }
}
