// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much is said, and for how long it is tried, as it is written; what is left out has its default. */
public record SendingBlock(
        @JsonPropertyDescription(
                "How many messages may call people within an hour; the rest comes in one digest. 30 if absent.")
        @Nullable Integer messagesPerHour,

        @JsonPropertyDescription("How many of them may call the same person. 10 if absent.") @Nullable Integer messagesPerPersonAndHour,

        @JsonPropertyDescription(
                "A message that a channel does not take is given up after so many attempts at the earliest. 10 if absent.")
        @Nullable Integer attempts,

        @JsonPropertyDescription("And after this time at the earliest, as 24h, which it is if absent.")
        @JsonDeserialize(using = GoDurationDeserializer.class)
        @Nullable Duration giveUpAfter,

        @JsonPropertyDescription(
                "An address that is asked for each minute while all is well, so that somebody else notices when it is not. None if absent.")
        @Nullable String heartbeatUrl) {}
