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

/** A link that messages have beside that of the run, as it is written. */
public record LinkSettings(
        @JsonProperty(required = true) @JsonPropertyDescription("What the link says.")
        String words,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Its address, with {job}, {repository}, {org}, {repo}, {pull}, {build}, {run} (bucket and directory of the run), {directory} (where the job's runs lie in the bucket) or {line} (the first line of the cause); left out where one is not known.")
        String url) {}
