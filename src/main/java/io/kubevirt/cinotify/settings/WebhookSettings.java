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
import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who gets messages as JSON, as it is written. */
public record WebhookSettings(
        @JsonProperty(required = true) @JsonPropertyDescription("Where to, with http:// or https://.")
        String url,

        @JsonPropertyDescription("File with the key of the signature, relative to this file; not signed if absent.")
        @Nullable String secretFile,

        @JsonPropertyDescription("Only incidents of these areas; of all if absent.") @Nullable List<String> areas,

        @JsonPropertyDescription("Only messages of these kinds; of all if absent.") @Nullable List<MessageKind> kinds) {}
