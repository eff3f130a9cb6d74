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
import io.kubevirt.cinotify.prow.Repository;

/**
 * Where people keep known issues on GitHub.
 *
 * @param repository that has them
 * @param label that they bear
 */
public record KnownIssuePlace(
        @JsonProperty(required = true) @JsonPropertyDescription("The repository, as org/repo.")
        Repository repository,

        @JsonProperty(required = true)
        @JsonPropertyDescription("The label that known issues bear; whoever may set it can say what is known.")
        String label) {}
