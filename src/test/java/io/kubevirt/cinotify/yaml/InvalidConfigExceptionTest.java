// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InvalidConfigExceptionTest {

    private final ConfigProblem whole = ConfigProblem.ofFile("b.yaml", "it is empty", "fill it");
    private final ConfigProblem line = new ConfigProblem("b.yaml", 12, "it is wrong", "fix it");
    private final ConfigProblem earlier = new ConfigProblem("b.yaml", 2, "it is wrong", "fix it");

    @Test
    void eachProblemIsPrintedOnItsOwnLine() {
        assertThat(new InvalidConfigException(List.of(whole, line)))
                .hasMessage("b.yaml: it is empty; fill it\nb.yaml:12: it is wrong; fix it");
    }

    @Test
    void problemsAreSortedByFileAndLine() {
        ConfigProblem otherFile = new ConfigProblem("a.yaml", 99, "it is wrong", "fix it");
        assertThat(Stream.of(line, whole, earlier, otherFile).sorted(ConfigProblem.BY_FILE_AND_LINE))
                .containsExactly(otherFile, whole, earlier, line);
    }
}
