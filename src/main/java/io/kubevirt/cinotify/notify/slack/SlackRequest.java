// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a person does on Slack: a command that was typed, a button as the command that it stands for, or a visit of the Home tab.
 * Stored in the journal before Slack is answered; without names and tokens of Slack's payload.
 *
 * @param id the same if Slack sends it again
 * @param team the id of the workspace
 * @param user the id of the person in that workspace
 * @param channel the id of the channel; empty in the Home tab
 * @param channelName its name; empty if Slack sent none
 * @param text what follows {@code /ci-notify}; null for a visit of the Home tab
 * @param responseUrl where Slack takes answers that only this person sees; null if it sent none
 */
public record SlackRequest(
        String id,
        String team,
        String user,
        String channel,
        String channelName,
        @Nullable String text,
        @Nullable String responseUrl) {
    /** The event of its delivery in the journal. */
    public static final String EVENT = "slack";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws UncheckedIOException if these are not the bytes of a request */
    public static SlackRequest parse(byte[] stored) {
        try {
            return JSON.readValue(stored, SlackRequest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
