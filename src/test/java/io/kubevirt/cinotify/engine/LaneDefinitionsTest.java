// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneDefinitionsTest {
    private static final String MAIN = job("main", "make test");
    private static final String BRANCH = job("release-1.8", "make test");

    @Test
    void aRenamedFileChangesNoLane() {
        Map<String, String> before = digests("main.yaml", MAIN, "release.yaml", BRANCH);

        assertThat(before).hasSize(1);
        assertThat(digests("z-main.yaml", MAIN, "release.yaml", BRANCH)).isEqualTo(before);
    }

    @Test
    void aChangedEntryOfABranchChangesTheLane() {
        Map<String, String> before = digests("main.yaml", MAIN, "release.yaml", BRANCH);

        assertThat(digests("main.yaml", MAIN, "release.yaml", job("release-1.8", "make check")))
                .isNotEqualTo(before);
    }

    private static Map<String, String> digests(String file, String yaml, String otherFile, String otherYaml) {
        return LaneDefinitions.digests(
                JobConfig.of(List.of(JobConfigFile.parse(file, yaml), JobConfigFile.parse(otherFile, otherYaml))));
    }

    private static String job(String branch, String command) {
        return """
            presubmits:
              kubevirt/kubevirt:
                - name: unit
                  branches: [%s]
                  spec: {containers: [{image: golang, command: [%s]}]}
            """.formatted(branch, command);
    }
}
