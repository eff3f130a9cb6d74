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

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** When Prow runs a job (prow-contract §6, {@code spec.type}). */
public enum JobType {
    /** On a pull request. */
    PRESUBMIT,
    /** On a pushed commit. */
    POSTSUBMIT,
    /** By the clock. */
    PERIODIC,
    /** On several pull requests that tide wants to merge together. */
    BATCH;

    /** The type by Prow's name; empty for a name that Prow does not know. */
    public static Optional<JobType> named(String name) {
        for (JobType type : values()) {
            if (type.prowName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As Prow writes it. */
    @JsonValue
    public String prowName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
