// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which Slack channel hears of what, as it is written. A public channel is named without #, a private one by its id. */
public record SlackConfig(
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
            @JsonDeserialize(using = GoDurationDeserializer.class)
            @Nullable Duration snooze) {}
}
