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
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which Slack channel hears of what, as it is written. A public channel is named without #, a private one by its id. */
public record SlackSettings(
        @JsonProperty(required = true)
        @JsonPropertyDescription("The channel for everything that has no other; a private one by its id.")
        String channel,

        @JsonPropertyDescription("The channel of an area, by area.") @Nullable Map<String, String> areas,

        @JsonPropertyDescription(
                "The channel of a SIG, by short name, instead of its own in sigs.yaml; none for no channel.")
        @Nullable Map<String, String> sigs,

        @JsonPropertyDescription("Whether a SIG hears of its incidents in its own channel of sigs.yaml; no if absent.")
        @Nullable Boolean sigChannels,

        @JsonPropertyDescription("Acknowledge, Snooze and Not ours below each open incident; none if absent.") @Nullable Buttons buttons) {

    /** What it takes to have buttons. */
    public record Buttons(
            @JsonProperty(required = true)
            @JsonPropertyDescription(
                    "File with the app-level token (xapp-…, scope connections:write), relative to this file.")
            String appTokenFile,

            @JsonPropertyDescription("For how long the button silences an incident; 4h if absent.")
            @JsonDeserialize(using = DurationReader.class)
            @Nullable Duration snooze) {}
}
