// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What deck shows about a plugin, with the names that Prow's Go type gives it in JSON (prow-contract §3). All texts but
 * the snippet and the events may hold HTML, so whatever is not meant as such must be escaped.
 *
 * @param config from {@code org/repo}, or the empty string for all, to how the plugin is set up there
 * @param snippet an example of settings in YAML; left out when empty
 * @param events hook replaces them with those of its own configuration
 */
public record PluginHelp(
        @JsonProperty("Description") String description,
        @JsonProperty("Config") Map<String, String> config,

        @JsonProperty("Snippet") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String snippet,

        @JsonProperty("Events") List<String> events,
        @JsonProperty("Commands") List<Command> commands) {

    /**
     * A comment command.
     *
     * @param featured whether deck lists it before the others
     */
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

    /**
     * What ci-notify does today.
     *
     * @param settings one sentence, in plain text, about the settings in force everywhere
     * @param commands what can be typed in comments
     */
    public static PluginHelp standard(Collection<String> events, String settings, List<Command> commands) {
        return new PluginHelp(
                "ci-notify watches the results of Prow jobs and, when one breaks so that somebody must act, tells the one"
                        + " responsible person who is at work, once, with the evidence.",
                Map.of("", escaped(settings)),
                "",
                events.stream().sorted().toList(),
                commands);
    }

    /** Plain text as HTML. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
