// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a message, the same on every channel: a title, at most six lines, links. No fact is in two of them. A line that does
 * not apply is null.
 *
 * @param headline what and where, as {@code network e2e (k8s 1.34) broken: 3 PRs blocked}
 * @param status who has it, or what the last answer was, and whether it blocks merging
 * @param extent failed runs, since when, pull requests, the last green run and a strip of the last ten
 * @param failing failing tests without their tags
 * @param log at most two lines of the cause
 * @param cause the probable cause in one sentence, and what else is known of it
 * @param next what to do next
 * @param links to the run, its log line, its history, the runbook
 * @param reason why the message is sent now, for a reply; null if the other lines say it
 * @param pushed the text of a push notification: begins with the fact, and names who must act
 * @param trace how the diagnosis and the recipient were found; never part of the message itself
 */
public record MessageLayout(
        String headline,
        @Nullable Fragment status,
        @Nullable Fragment extent,
        @Nullable Fragment failing,
        Fragment.@Nullable Block log,
        @Nullable Fragment cause,
        @Nullable Fragment next,
        @Nullable Fragment links,
        @Nullable Fragment reason,
        Fragment pushed,
        List<String> trace) {
    /** Copies the list. */
    public MessageLayout {
        trace = List.copyOf(trace);
    }
}
