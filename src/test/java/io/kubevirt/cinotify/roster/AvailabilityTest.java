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
