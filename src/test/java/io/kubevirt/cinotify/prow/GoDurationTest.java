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
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "24h, PT24H",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "5ms, PT0.005S",
        "2m5s, PT2M5S",
        "7ns, PT0.000000007S",
        "3us, PT0.000003S",
        "3µs, PT0.000003S",
        "0, PT0S",
        "0s, PT0S",
        "168h, PT168H"
    })
    void durationsAreReadAsGoReadsThem(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "-1h", "1d", "1h 30m", "1h30", "x1h", "1..5h", "999999999h", "1H"})
    void otherTextsAreNotDurations(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT24H, 24h", "PT1H30M, 1h30m", "PT5M, 5m", "PT2M5S, 2m5s", "PT0S, 0s"})
    void theyAreWrittenAsPeopleWriteThem(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
        assertThat(GoDuration.parse(text)).contains(duration);
    }
}
