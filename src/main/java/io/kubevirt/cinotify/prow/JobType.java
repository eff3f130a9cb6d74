// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** When Prow runs a job (prow-contract §6, {@code spec.type}). */
public enum JobType {
    /** On a pull request. */
    PRESUBMIT,
    /** On a pushed commit. */
    POSTSUBMIT,
    /** On a schedule. */
    PERIODIC,
    /** On several pull requests that Tide wants to merge together. */
    BATCH;

    private final String prowName = name().toLowerCase(Locale.ROOT);

    public static Optional<JobType> named(String name) {
        for (JobType type : values()) {
            if (type.prowName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @JsonValue
    public String prowName() {
        return prowName;
    }
}
