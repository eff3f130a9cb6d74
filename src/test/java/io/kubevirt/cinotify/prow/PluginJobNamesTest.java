// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.prow.PluginJobNames.JobName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginJobNamesTest {

    private final PluginJobNames names = new PluginJobNames(
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
    void theNameYieldsTheConfiguredJobAndThePlugin(String job, String configured, String plugin) {
        JobName name = names.parse(job);
        assertThat(name).isEqualTo(new JobName(job, configured, plugin));
        assertThat(name.isMadeByPlugin()).isEqualTo(plugin != null);
    }

    @Test
    void withoutPluginsEveryNameIsOrdinary() {
        assertThat(PluginJobNames.NONE.parse("rehearsal-pull-e2e").isMadeByPlugin())
                .isFalse();
    }

    @Test
    void anEmptyPrefixIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PluginJobNames(Map.of("", "all"), Map.of()))
                .withMessageContaining("remove it");
    }
}
