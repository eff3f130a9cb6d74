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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingHoursTest {

    @ParameterizedTest
    @CsvSource({
        "09:00-17:00,   09:00-17:00, false",
        "9:00 - 17:30,  09:00-17:30, false",
        "22:00-06:00,   22:00-06:00, true",
        "16:00-24:00,   16:00-24:00, true",
        "00:00-24:00,   00:00-24:00, true",
    })
    void hoursAreReadAndMayRunOverMidnight(String written, String shown, boolean overMidnight) {
        WorkingHours hours = WorkingHours.parse(written).orElseThrow();
        assertThat(hours).hasToString(shown);
        assertThat(hours.runsOverMidnight()).isEqualTo(overMidnight);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9-17", "09:00", "09:00-25:00", "24:00-08:00", "09:00-09:00", "09:60-17:00"})
    void anythingElseIsNotGuessed(String written) {
        assertThat(WorkingHours.parse(written)).isEmpty();
    }

    @Test
    void hoursThatEndWhereTheyBeginAreRefused() {
        LocalTime nine = LocalTime.of(9, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> new WorkingHours(nine, nine));
    }
}
