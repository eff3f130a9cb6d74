// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.prow.JobConfigFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of the job configuration that a pull request changes.
 *
 * @param before as they are where the pull request began
 * @param after as they are with it
 * @param problem why they are not known; null if they are
 */
public record JobFiles(
        List<JobConfigFile> before,
        List<JobConfigFile> after,
        @Nullable String problem) {
    public JobFiles {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public static JobFiles unknown(String problem) {
        return new JobFiles(List.of(), List.of(), problem);
    }
}
