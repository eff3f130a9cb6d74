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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeNamesTest {

    private final RuntimeNames names = new RuntimeNames(
            Map.of("rehearsal-", "rehearse", "test-subset-", "test-subset"), Map.of("coverage-auto", "coverage"));

    @ParameterizedTest
    @CsvSource({
        "pull-e2e, pull-e2e, ",
        "rehearsal-pull-e2e, pull-e2e, rehearse",
        "test-subset-pull-e2e, pull-e2e, test-subset",
        "rehearsal-test-subset-pull-e2e, pull-e2e, rehearse",
        "coverage-auto, coverage-auto, coverage",
        "coverage-auto-too, coverage-auto-too, ",
        "rehearsal-, rehearsal-, ",
        "pull-rehearsal-e2e, pull-rehearsal-e2e, "
    })
    void theConfiguredJobAndThePluginAreToldByTheName(String job, String configured, String plugin) {
        JobName name = names.read(job);
        assertThat(name).isEqualTo(new JobName(job, configured, plugin));
        assertThat(name.isMadeByPlugin()).isEqualTo(plugin != null);
    }

    @Test
    void withoutSettingsEveryNameIsOrdinary() {
        assertThat(RuntimeNames.NONE.read("rehearsal-pull-e2e").isMadeByPlugin())
                .isFalse();
    }

    @Test
    void anEmptyPrefixIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RuntimeNames(Map.of("", "all"), Map.of()))
                .withMessageContaining("remove it");
    }
}
