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

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much is said, and for how long it is tried, as it is written; what is left out has its default. */
public record SendingSettings(
        @JsonPropertyDescription(
                "How many messages may call people within an hour; the rest comes in one digest. 30 if absent.")
        @Nullable Integer messagesPerHour,

        @JsonPropertyDescription("How many of them may call the same person. 10 if absent.") @Nullable Integer messagesPerPersonAndHour,

        @JsonPropertyDescription(
                "A message that a channel does not take is given up after so many attempts at the earliest. 10 if absent.")
        @Nullable Integer attempts,

        @JsonPropertyDescription("And after this time at the earliest, as 24h, which it is if absent.")
        @JsonDeserialize(using = DurationReader.class)
        @Nullable Duration giveUpAfter,

        @JsonPropertyDescription(
                "An address that is asked for each minute while all is well, so that somebody else notices when it is not. None if absent.")
        @Nullable String heartbeatUrl) {}
