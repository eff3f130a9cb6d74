// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Mon-Fri            | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
                    Sun-Thu            | MONDAY TUESDAY WEDNESDAY THURSDAY SUNDAY
                    Mon, Wed-Thu       | MONDAY WEDNESDAY THURSDAY
                    Fri-Tue            | MONDAY TUESDAY FRIDAY SATURDAY SUNDAY
                    mon - fri          | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY
                    Mon–Wed            | MONDAY TUESDAY WEDNESDAY
                    Monday-Tues,Sat    | MONDAY TUESDAY SATURDAY
                    Wed                | WEDNESDAY
                    Mon-Sun            | MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
                    none               | ''
                    """)
    void daysAreReadAsPeopleWriteThem(String written, String days) {
        assertThat(Availability.parse(written).orElseThrow().days())
                .isEqualTo(Arrays.stream(days.split(" "))
                        .filter(day -> !day.isEmpty())
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "Mon-", "-Fri", "Mo-Fr", "Mon-Wed-Fri", "Mon;Tue", "Mon,,Tue", "weekdays", "Mondayy"})
    void anythingElseIsNotGuessed(String written) {
        assertThat(Availability.parse(written)).isEmpty();
    }
}
