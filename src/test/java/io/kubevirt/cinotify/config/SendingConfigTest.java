// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section "sending". */
class SendingConfigTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        assertThat(load("")).isEqualTo(SendingConfig.DEFAULTS);
        assertThat(load("\n"
                        + "sending:\n"
                        + "  giveUpAfter: 6h\n"
                        + "  messagesPerHour: 3\n"
                        + "  heartbeatUrl: https://example.org/beat\n"))
                .isEqualTo(new SendingConfig(3, 10, 10, Duration.ofHours(6), URI.create("https://example.org/beat")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        messagesPerHour: 0           | is 0, must be at least 1
        messagesPerPersonAndHour: -1 | is -1, must be at least 1
        attempts: 0                  | is 0, must be at least 1
        giveUpAfter: 0s              | must be longer than 0s
        heartbeatUrl: example.org    | is not a URL
        heartbeatUrl: "ftp://x/y"    | is not a URL
        heartbeatUrl: "https://a b/" | is not a URL
        """)
    void invalidValuesAreRefusedWithTheirLine(String line, String problem) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> load("\nsending:\n  " + line + "\n"))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.problem()).startsWith("sending.").contains(problem);
                            assertThat(found.line()).isPositive();
                            assertThat(found.hint()).isNotBlank();
                        }));
    }

    @ParameterizedTest
    @CsvSource({"runs: 3, 7", "outcomes: 0, 7", "messages: 7, 30", "incidents: 7, 30", "counts: -1, 7", "tests: 6, 7"})
    void aRetentionThatIsTooShortIsRefused(String line, String least) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> load("\nretention:\n  " + line + "\n"))
                .satisfies(refusal -> assertThat(refusal.problems().getFirst().problem())
                        .startsWith("retention.")
                        .contains("must be at least " + least));
    }

    private SendingConfig load(String more) throws IOException, InvalidConfigException {
        Path home = Files.createTempDirectory(folder, "settings");
        ConfigFixture.in(home);
        Files.writeString(home.resolve("ci-notify.yaml"), more, StandardOpenOption.APPEND);
        return new ConfigLoader(home, null).load().sending();
    }
}
