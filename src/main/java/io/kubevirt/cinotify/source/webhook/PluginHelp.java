// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Plugin help as Prow's Go type serializes it (prow-contract §3). Deck renders all texts but snippet and events as
 * HTML, so plain text must be escaped.
 *
 * @param config from {@code org/repo}, or the empty string for all, to the configuration there
 * @param events replaced by hook with the events of its own configuration
 */
public record PluginHelp(
        @JsonProperty("Description") String description,
        @JsonProperty("Config") Map<String, String> config,

        @JsonProperty("Snippet") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String snippet,

        @JsonProperty("Events") List<String> events,
        @JsonProperty("Commands") List<Command> commands) {
    /** Deck lists featured commands first. */
    public record Command(
            @JsonProperty("Usage") String usage,
            @JsonProperty("Featured") boolean featured,
            @JsonProperty("Description") String description,
            @JsonProperty("Examples") List<String> examples,
            @JsonProperty("WhoCanUse") String whoCanUse) {
        public Command {
            examples = List.copyOf(examples);
        }
    }

    public PluginHelp {
        config = Map.copyOf(config);
        events = List.copyOf(events);
        commands = List.copyOf(commands);
    }

    /** The help of ci-notify, with one sentence of plain text about the global configuration. */
    public static PluginHelp standard(Collection<String> events, String settings, List<Command> commands) {
        return new PluginHelp(
                "ci-notify watches the results of Prow jobs. When a job breaks and somebody must act, it notifies the"
                        + " one responsible person on duty, once, with the evidence.",
                Map.of("", escaped(settings)),
                "",
                events.stream().sorted().toList(),
                commands);
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
