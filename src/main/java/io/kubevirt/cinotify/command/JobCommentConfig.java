// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import org.jspecify.annotations.Nullable;

public record JobCommentConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription("The repository with the job configuration, as org/repo.")
        Repository repository,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The folder of the job configuration in it, such as config/jobs.")
        String path,

        @JsonPropertyDescription(
                "Whether ci-notify comments by itself on pull requests that change jobs for people; false if absent.")
        @Nullable Boolean comment) {
    void check(ConfigValidator check) {
        if (path.startsWith("/") || path.startsWith(".")) {
            check.report(
                    "\"" + path + "\" is not a folder from the top of the repository",
                    "write it as config/jobs, without / or . at its start",
                    "path");
        }
    }

    /** GitHub ignores the case of names. */
    public boolean isOf(Repository other) {
        return repository.fullName().equalsIgnoreCase(other.fullName());
    }

    /** Whether a file belongs to the job configuration. */
    public boolean covers(String file) {
        return file.startsWith(folder()) && (file.endsWith(".yaml") || file.endsWith(".yml"));
    }

    /** The name of a file as in the mounted job configuration. */
    public String relative(String file) {
        return file.substring(folder().length());
    }

    private String folder() {
        return path.isEmpty() || path.endsWith("/") ? path : path + "/";
    }

    public boolean isAutomatic() {
        return Boolean.TRUE.equals(comment);
    }
}
