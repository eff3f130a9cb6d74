// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

/** What an event of GitHub says of commands. */
public sealed interface CommentParseResult {

    /** A person has just written something. */
    record CommandComment(Comment comment) implements CommentParseResult {}

    /** Nothing that could be a command. */
    record Ignored(IgnoredReason reason, String explanation) implements CommentParseResult {}

    /** Why what was written is not looked at. */
    enum IgnoredReason {
        /** No line of it is a command to this plugin. */
        NO_COMMAND,
        /** It was edited, deleted, labelled, pushed: only what is new can be a command. */
        NOT_CREATED,
        /** The plugin itself wrote it. */
        OWN_COMMENT,
        /** A program wrote it. */
        BY_BOT,
        /** It is not what GitHub sends. */
        MALFORMED_EVENT;

        /** In kebab case, as stored and shown. */
        public String value() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
