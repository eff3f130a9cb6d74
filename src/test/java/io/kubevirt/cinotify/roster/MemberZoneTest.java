// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberZoneTest {

    private static final Instant JULY = Instant.parse("2026-07-15T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "GMT+1,            +01:00, true",
        "gmt +1,           +01:00, true",
        "GMT−3,            -03:00, true",
        "GMT+10,           +10:00, true",
        "UTC,              Z,      true",
        "UTC+05:30,        +05:30, true",
        "UTC+5:30,         +05:30, true",
        "Europe/Berlin,    +02:00, false",
        "america/new_york, -04:00, false",
        "Asia/Kolkata,     +05:30, false",
    })
    void offsetsAndPlacesAreRead(String written, String offset, boolean fixed) {
        MemberZone zone = MemberZone.parse(written).orElseThrow();
        assertThat(zone.offsetAt(JULY)).isEqualTo(offset);
        assertThat(zone.isFixed()).isEqualTo(fixed);
        assertThat(zone).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GMT+25", "GMT+", "GMT+x", "IST", "PST", "Berlin", "+", "UTC+5:3", "GMT1"})
    void anythingElseIsNotGuessed(String written) {
        assertThat(MemberZone.parse(written)).isEmpty();
    }
}
