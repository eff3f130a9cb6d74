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
package io.kubevirt.cinotify.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.document.InvalidDocument;
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
class SendingReaderTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        assertThat(load("")).isEqualTo(SendingRules.DEFAULTS);
        assertThat(
                        load(
                                "\nsending:\n  giveUpAfter: 6h\n  messagesPerHour: 3\n  heartbeatUrl: https://example.org/beat\n"))
                .isEqualTo(new SendingRules(3, 10, 10, Duration.ofHours(6), URI.create("https://example.org/beat")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    messagesPerHour: 0           | 0 is not a number of at least 1
                    messagesPerPersonAndHour: -1 | -1 is not a number of at least 1
                    attempts: 0                  | 0 is not a number of at least 1
                    giveUpAfter: 0s              | no time at all
                    heartbeatUrl: example.org    | not an address
                    heartbeatUrl: "ftp://x/y"    | not an address
                    heartbeatUrl: "https://a b/" | not an address
                    """)
    void whatMakesNoSenseIsRefusedWithItsLine(String line, String problem) {
        assertThatExceptionOfType(InvalidDocument.class)
                .isThrownBy(() -> load("\nsending:\n  " + line + "\n"))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.problem()).startsWith("sending.").contains(problem);
                            assertThat(found.line()).isPositive();
                            assertThat(found.mend()).isNotBlank();
                        }));
    }

    private SendingRules load(String more) throws IOException, InvalidDocument {
        Path home = Files.createTempDirectory(folder, "settings");
        SettingsFolder.in(home);
        Files.writeString(home.resolve("ci-notify.yaml"), more, StandardOpenOption.APPEND);
        return new SettingsLoader(home, null).load().sending();
    }
}
