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

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.bump.BumpClass;
import java.util.List;

/**
 * The pull requests that bots open.
 *
 * @param area the area that is told of pull requests of no class
 * @param classes in order; the first that fits decides
 */
public record BumpSettings(
        @JsonProperty(required = true)
        @JsonPropertyDescription("The area that is told, once, of a known bot's pull request that is of no class.")
        String area,

        @JsonPropertyDescription("First match wins, so that what is told apart stands in its place among the others.")
        List<BumpClass> classes) {

    /** Copies the list; an absent one becomes empty. */
    public BumpSettings {
        classes = classes == null ? List.of() : List.copyOf(classes);
    }
}
