// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
