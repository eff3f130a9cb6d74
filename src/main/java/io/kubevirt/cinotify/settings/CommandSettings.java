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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people may ask in comments. */
public record CommandSettings(
        @JsonPropertyDescription(
                "Handles of programs that GitHub takes for people: nothing that they write is a command.")
        @Nullable List<String> bots,

        @JsonPropertyDescription("How often one person may have people called within an hour; 5 if absent.") @Nullable Integer callsPerPerson,

        @JsonPropertyDescription("How often people may be called from one conversation within an hour; 10 if absent.")
        @Nullable Integer callsPerConversation,

        @JsonPropertyDescription("How many commands of one person are answered within an hour; 30 if absent.") @Nullable Integer answersPerPerson) {

    private static final int CALLS_PER_PERSON = 5;
    private static final int CALLS_PER_CONVERSATION = 10;
    private static final int ANSWERS_PER_PERSON = 30;

    /** The settings, or those that hold where none are written. */
    public static CommandSettings orDefault(@Nullable CommandSettings written) {
        return written == null ? new CommandSettings(null, null, null, null) : written;
    }

    /** The handles of programs, in lower case. */
    public Set<String> botHandles() {
        return Objects.requireNonNullElse(bots, List.<String>of()).stream()
                .map(handle -> handle.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    public int callsPerPersonOrDefault() {
        return Objects.requireNonNullElse(callsPerPerson, CALLS_PER_PERSON);
    }

    public int callsPerConversationOrDefault() {
        return Objects.requireNonNullElse(callsPerConversation, CALLS_PER_CONVERSATION);
    }

    public int answersPerPersonOrDefault() {
        return Objects.requireNonNullElse(answersPerPerson, ANSWERS_PER_PERSON);
    }
}
