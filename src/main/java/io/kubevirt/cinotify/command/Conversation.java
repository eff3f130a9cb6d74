// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.prow.Repository;
import java.util.List;

/**
 * A pull request or an issue, or a channel of a chat.
 *
 * @param title outside text, escape it
 * @param labels the names of its labels; empty if the event does not have them
 */
public record Conversation(
        Repository repository,
        int number,
        boolean pull,
        boolean open,
        String title,
        String author,
        List<String> labels) {
    public Conversation {
        labels = List.copyOf(labels);
    }

    /** A channel of a chat: only the person who types a command sees the answer. */
    public static Conversation chat(String channel) {
        return new Conversation(new Repository("slack", channel), 0, false, true, "", "", List.of());
    }

    /** Whether this is a channel of a chat, which has no number. */
    public boolean isChat() {
        return number == 0;
    }

    /** {@code org/repo#number}. */
    public String reference() {
        return repository + "#" + number;
    }
}
