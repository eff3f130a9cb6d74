// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
    void durationsAreWrittenAsPeopleWriteThem(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
        assertThat(GoDuration.parse(text)).contains(duration);
    }
}
