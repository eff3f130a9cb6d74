// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/**
 * A new comment on GitHub.
 *
 * @param identity the same for every event about this comment
 * @param body outside text, escape it
 * @param insider whether GitHub lists the author as member, owner or collaborator
 * @param reactionTarget what to react to; null for a review, which GitHub does not support
 */
public record Comment(
        String identity,
        Conversation conversation,
        String author,
        String body,
        String url,
        boolean insider,
        @Nullable ReactionTarget reactionTarget) {
    public enum Kind {
        COMMENT,
        /** A comment on lines of a pull request. */
        REVIEW_COMMENT,
        BODY
    }

    /**
     * What to react to.
     *
     * @param id the comment ID, or the number of the issue or pull request
     */
    public record ReactionTarget(Kind kind, long id) {}

    /** Whether the author opened the conversation. */
    public boolean isByAuthor() {
        return author.equalsIgnoreCase(conversation.author());
    }
}
