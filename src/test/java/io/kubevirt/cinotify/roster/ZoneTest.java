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
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {

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
        Zone zone = Zone.parse(written).orElseThrow();
        assertThat(zone.offsetAt(JULY)).isEqualTo(offset);
        assertThat(zone.isFixed()).isEqualTo(fixed);
        assertThat(zone).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GMT+25", "GMT+", "GMT+x", "IST", "PST", "Berlin", "+", "UTC+5:3", "GMT1"})
    void anythingElseIsNotGuessed(String written) {
        assertThat(Zone.parse(written)).isEmpty();
    }
}
