// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;

/**
 * A command that was answered before.
 *
 * @param at when
 * @param conversation the conversation, {@code org/repo#number}
 * @param person who wrote it
 * @param verb the command's name, or {@link #REFUSED}
 * @param request what was asked in all its parts, so that a repetition is known
 * @param notifies whether it asked for somebody to be told
 * @param url the page of the comment
 * @param summary what came of it, in a line of Markdown of our own
 */
public record CommandLogEntry(
        Instant at,
        @JsonAlias("place") String conversation,
        String person,
        String verb,
        String request,
        @JsonAlias("telling") boolean notifies,
        String url,
        String summary) {

    /** Stands for the command of somebody who may not give it. */
    public static final String REFUSED = "refused";
}
