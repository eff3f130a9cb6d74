// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;

/**
 * A command that was answered before; stored as JSON, so renamed components keep their old name as an alias.
 *
 * @param verb the command's name, or {@link #REFUSED}
 * @param request identifies the request; a repetition has the same
 * @param summary the result, in one line of Markdown
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
    /** The verb of a command whose author had no permission. */
    public static final String REFUSED = "refused";
}
