// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/**
 * What a person wrote on GitHub, at the moment of its creation.
 *
 * @param conversation where
 * @param author the handle of the writer
 * @param body what was written; outside text, escape it
 * @param url its page
 * @param insider whether GitHub says that the writer belongs to the organisation or works on the repository
 * @param reactionTarget where a reaction to it belongs; null where GitHub has none
 */
public record Comment(
        Conversation conversation,
        String author,
        String body,
        String url,
        boolean insider,
        @Nullable ReactionTarget reactionTarget) {

    /** What can bear a reaction. */
    public enum Kind {
        /** A comment on an issue or a pull request. */
        COMMENT,
        /** A comment on lines of a pull request. */
        REVIEW_COMMENT,
        /** An issue or pull request itself, by its number. */
        BODY
    }

    /**
     * Where a reaction belongs.
     *
     * @param id GitHub's number of it
     */
    public record ReactionTarget(Kind kind, long id) {}

    /** Whether the writer opened the conversation. */
    public boolean isByAuthor() {
        return author.equalsIgnoreCase(conversation.author());
    }
}
