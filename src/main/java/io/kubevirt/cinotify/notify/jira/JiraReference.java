// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.google.re2j.Pattern;

/**
 * The last line of a text, by which a comment, or the message that a description shows, is found again. On Data Center it is an invisible
 * anchor. Jira Cloud converts wiki markup, which need not keep an anchor, so the line is plain text there.
 */
record JiraReference(String name, boolean cloud) {
    /** @param marker of a message */
    static JiraReference of(String marker, JiraConfig config) {
        return new JiraReference(marker.replace(':', '-'), config.user() != null);
    }

    String line() {
        return cloud ? "Reference: " + name : "{anchor:" + name + "}";
    }

    /** Ignores the backslashes that the conversion of Jira Cloud may add. */
    boolean isIn(String text) {
        return Pattern.compile("(^|[^\\w-])" + Pattern.quote(name) + "($|[^\\w-])")
                .matcher(text.replace("\\", ""))
                .find();
    }
}
