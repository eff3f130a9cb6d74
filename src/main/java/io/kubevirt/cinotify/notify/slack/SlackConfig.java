// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slack channels: {@code slack} in the configuration file. A public channel is written as its name without {@code #}, a
 * private one as its id.
 */
public record SlackConfig(
        @JsonProperty(value = "channel", required = true)
        @JsonPropertyDescription("Default channel; a private one by its id.")
        String defaultChannel,

        @JsonPropertyDescription("Channels by area.") Map<String, String> areas,

        @JsonPropertyDescription(
                "Channels by short name of the SIG, in place of the channel in sigs.yaml; none for no channel.")
        Map<String, String> sigs,

        @JsonPropertyDescription("Whether SIGs are notified in their channel of sigs.yaml; default no.")
        Boolean sigChannels,

        @JsonPropertyDescription(
                "Whether an incident of a job with reporter_config.slack.channel is sent there, in place of the channel of"
                        + " its area; default yes.")
        Boolean jobChannels,

        @JsonPropertyDescription(
                "Buttons below each open incident, the command /ci-notify and the Home tab; default none.")
        @Nullable Buttons buttons) {
    /** For a SIG that is not notified in a channel. */
    public static final String NO_CHANNEL = "none";

    /** Slack's ids, or its names: any script, lower case, without spaces and dots. */
    private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{8,}|[\\p{Ll}\\p{Lo}\\p{M}\\p{N}_-]{1,80}");

    /** Copies the maps; absent values get their defaults. */
    public SlackConfig {
        areas = areas == null ? Map.of() : Map.copyOf(areas);
        sigs = sigs == null ? Map.of() : Map.copyOf(sigs);
        sigChannels = Boolean.TRUE.equals(sigChannels);
        jobChannels = !Boolean.FALSE.equals(jobChannels);
    }

    /** How Slack reaches ci-notify: at least one of the files. */
    public record Buttons(
            @JsonPropertyDescription(
                    "File with the app-level token (xapp-…, scope connections:write) for Socket Mode, relative to this file.")
            @Nullable String appTokenFile,

            @JsonPropertyDescription(
                    "File with the signing secret of the app, for POST /slack/interactions where Slack reaches --port; several"
                            + " secrets in lines while one is rotated. Relative to this file; default none.")
            @Nullable String signingSecretFile,

            @JsonPropertyDescription("The shortest time of the Snooze button; default 4h.")
            Duration snooze) {
        /** Absent values get their defaults. */
        public Buttons {
            snooze = Objects.requireNonNullElse(snooze, Duration.ofHours(4));
        }
    }

    /** Reports invalid values. */
    public void check(ConfigValidator check) {
        checkChannel(defaultChannel, check, "channel");
        areas.forEach((area, channel) -> {
            check.area(area, "areas", area);
            checkChannel(channel, check, "areas", area);
        });
        sigs.forEach((sig, channel) -> {
            check.sig(sig, "sigs", sig);
            checkChannel(channel, check, "sigs", sig);
        });
        if (buttons != null) {
            check.positive(buttons.snooze(), "buttons", "snooze");
            if (buttons.appTokenFile() == null && buttons.signingSecretFile() == null) {
                check.report(
                        "nothing receives the buttons",
                        "set appTokenFile for Socket Mode, or signingSecretFile for HTTP",
                        "buttons");
            }
        }
    }

    public static boolean isChannel(String name) {
        return CHANNEL.matches(name);
    }

    private static void checkChannel(String channel, ConfigValidator check, Object... at) {
        if (channel.startsWith("#")) {
            check.report("\"" + channel + "\" is not a Slack channel name", "omit the #", at);
        } else if (!isChannel(channel)) {
            check.report(
                    "\"" + channel + "\" is not a Slack channel name",
                    "use lower case without spaces and dots, or the id of the channel",
                    at);
        }
    }

    String channelForArea(Diagnosis diagnosis) {
        return areas.getOrDefault(diagnosis.area(), defaultChannel);
    }

    /** The channel of the SIG; empty if the SIG is not notified on Slack. */
    Optional<String> channelForSig(Diagnosis diagnosis, SigDirectory directory) {
        if (!diagnosis.hasSig()) {
            return Optional.empty();
        }
        return Optional.ofNullable(sigs.get(diagnosis.sig()))
                .or(() -> sigChannels ? directory.channelOf(diagnosis.sig()) : Optional.empty())
                .filter(name -> !name.equals(NO_CHANNEL));
    }
}
