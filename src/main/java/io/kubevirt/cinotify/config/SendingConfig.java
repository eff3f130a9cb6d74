// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much is said, and for how long it is tried.
 *
 * @param messagesPerHour how many messages may call people within an hour
 * @param messagesPerPersonAndHour how many of them may call the same person
 * @param attempts nothing is given up after fewer attempts
 * @param giveUpAfter nor in less time
 * @param heartbeatUrl what is asked for each minute while all is well; null for nothing
 */
public record SendingConfig(
        int messagesPerHour,
        int messagesPerPersonAndHour,
        int attempts,
        Duration giveUpAfter,
        @Nullable URI heartbeatUrl) {

    /** What counts where nothing is written. */
    public static final SendingConfig DEFAULTS = new SendingConfig(30, 10, 10, Duration.ofHours(24), null);
}
