// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.DetectedIncident.IncidentIdentity;
import io.kubevirt.cinotify.incident.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentIdsTest {

    private static final Instant NOON = Instant.parse("2026-07-15T12:00:00Z");

    private final Set<String> inState = new HashSet<>();
    private final IncidentIds ids = new IncidentIds(inState::contains);

    @Test
    void withoutKnownIncidentsTheIdFollowsFromSubjectAndInstant() {
        String id = ids.issue(IncidentKind.LANE, "a", NOON);

        assertThat(id).isEqualTo(DetectedIncident.idOf("a", NOON));
        assertThat(ids.issuedIds()).containsExactly(id);
        assertThat(ids.issue(IncidentKind.LANE, "b", NOON)).isEqualTo(DetectedIncident.idOf("b", NOON));
    }

    /** The known incidents are k (lane a at noon), l (lane a, an hour earlier), m (lane b) and o (an outage). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        LANE   | a | 0     | k
        LANE   | a | -60   | l
        LANE   | a | 10    | k
        LANE   | a | -50   | l
        LANE   | a | -30   | k
        LANE   | b | 5     | m
        LANE   | b | 2880  | m
        LANE   | b | 2881  | new
        LANE   | b | -2880 | m
        LANE   | c | 0     | new
        NODE   | a | 0     | new
        OUTAGE | x | 0     | o
        OUTAGE | y | 2880  | o
        OUTAGE | y | 2881  | new
        """)
    void anIncidentThatPeopleKnowKeepsItsId(IncidentKind kind, String subject, int minutes, String expected) {
        ids.offerReusable(
                List.of(
                        new IncidentIdentity("k", IncidentKind.LANE, "a", NOON),
                        new IncidentIdentity("l", IncidentKind.LANE, "a", NOON.minus(Duration.ofHours(1))),
                        new IncidentIdentity("m", IncidentKind.LANE, "b", NOON),
                        new IncidentIdentity("o", IncidentKind.OUTAGE, "x", NOON)),
                Set.of());
        Instant at = NOON.plus(Duration.ofMinutes(minutes));

        assertThat(ids.issue(kind, subject, at))
                .isEqualTo(expected.equals("new") ? DetectedIncident.idOf(subject, at) : expected);
    }

    @Test
    void anIdIsReusedOnceAndNotThatOfAnIncidentInTheState() {
        ids.issue(IncidentKind.LANE, "before", NOON);
        ids.offerReusable(
                List.of(
                        new IncidentIdentity("k", IncidentKind.LANE, "a", NOON),
                        new IncidentIdentity("l", IncidentKind.LANE, "a", NOON)),
                Set.of("l"));

        assertThat(ids.issuedIds()).containsExactly("l");
        assertThat(ids.issue(IncidentKind.LANE, "a", NOON)).isEqualTo("k");
        assertThat(ids.issue(IncidentKind.LANE, "a", NOON)).isEqualTo(DetectedIncident.idOf("a", NOON));

        ids.offerReusable(List.of(), Set.of());
        assertThat(ids.issuedIds()).isEmpty();
        assertThat(ids.issue(IncidentKind.LANE, "a", NOON.plusSeconds(1)))
                .isEqualTo(DetectedIncident.idOf("a", NOON.plusSeconds(1)));
    }

    @Test
    void theIdOfTheInstantIsTakenBeforeTheNearestOne() {
        Instant later = NOON.plus(Duration.ofHours(1));
        String fresh = DetectedIncident.idOf("a", later);
        ids.offerReusable(
                List.of(
                        new IncidentIdentity("k", IncidentKind.LANE, "a", NOON),
                        new IncidentIdentity(fresh, IncidentKind.LANE, "a", NOON.minus(Duration.ofHours(9)))),
                Set.of());

        assertThat(ids.issue(IncidentKind.LANE, "a", later)).isEqualTo(fresh);
        assertThat(ids.issue(IncidentKind.LANE, "a", later)).isEqualTo("k");
    }

    @Test
    void ofTwoOutagesAtTheSameDistanceTheOneWithTheSubjectIsContinued() {
        ids.offerReusable(
                List.of(
                        new IncidentIdentity("o", IncidentKind.OUTAGE, "x", NOON),
                        new IncidentIdentity("p", IncidentKind.OUTAGE, "y", NOON.minusSeconds(60)),
                        new IncidentIdentity("q", IncidentKind.OUTAGE, "z", NOON)),
                Set.of());

        assertThat(ids.issue(IncidentKind.OUTAGE, "y", NOON.plusSeconds(60))).isEqualTo("p");
        assertThat(ids.issue(IncidentKind.OUTAGE, "w", NOON.plusSeconds(60))).isEqualTo("o");
    }

    @Test
    void anIdThatIsTakenGetsANumber() {
        String fresh = DetectedIncident.idOf("a", NOON);
        inState.add(fresh);
        inState.add(DetectedIncident.idOf("a 2", NOON));

        assertThat(ids.issue(IncidentKind.LANE, "a", NOON)).isEqualTo(DetectedIncident.idOf("a 3", NOON));
    }
}
