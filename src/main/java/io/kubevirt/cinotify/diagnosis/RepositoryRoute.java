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
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a repository whose jobs no rule speaks of.
 *
 * @param sig short name of the SIG
 * @param area the area; the default one if absent
 */
public record RepositoryRoute(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Short name of the SIG; none for the CI itself, multi for several.")
        String sig,

        @JsonPropertyDescription("The area; that of the default if absent.") @Nullable String area) {

    /** The short form: only the SIG. */
    @JsonCreator
    public static RepositoryRoute of(String sig) {
        return new RepositoryRoute(sig, null);
    }

    /** The long form. */
    @JsonCreator
    public RepositoryRoute {}
}
