// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The block {@code sending}: rate limits, retries and the heartbeat. */
@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record SendingConfig(
        @JsonPropertyDescription(
                "Number of messages per hour that may mention people; further messages are combined into one.")
        Integer messagesPerHour,

        @JsonPropertyDescription("Number of messages per hour that may mention the same person.")
        Integer messagesPerPersonAndHour,

        @JsonPropertyDescription("Number of failed attempts before a message is given up.")
        Integer attempts,

        @JsonPropertyDescription(
                "Time since the first attempt before a message is given up; attempts must be reached too.")
        Duration giveUpAfter,

        @JsonPropertyDescription(
                "URL that is requested every minute while ci-notify works, so that another system notices when it does"
                        + " not. None if absent.")
        @Nullable URI heartbeatUrl) {
    /** Fills in the defaults. */
    public SendingConfig {
        messagesPerHour = messagesPerHour == null ? 30 : messagesPerHour;
        messagesPerPersonAndHour = messagesPerPersonAndHour == null ? 10 : messagesPerPersonAndHour;
        attempts = attempts == null ? 10 : attempts;
        giveUpAfter = giveUpAfter == null ? Duration.ofHours(24) : giveUpAfter;
    }

    public static final SendingConfig DEFAULTS = new SendingConfig(null, null, null, null, null);

    void check(ConfigValidator check) {
        check.atLeast(messagesPerHour, 1, "messagesPerHour");
        check.atLeast(messagesPerPersonAndHour, 1, "messagesPerPersonAndHour");
        check.atLeast(attempts, 1, "attempts");
        check.positive(giveUpAfter, "giveUpAfter");
        if (heartbeatUrl != null && !isWeb(heartbeatUrl)) {
            check.report(
                    "is not a URL", "use the complete URL from your monitoring system, with https://", "heartbeatUrl");
        }
    }

    private static boolean isWeb(URI url) {
        return url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()));
    }
}
