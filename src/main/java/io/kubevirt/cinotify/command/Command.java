// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

/** A command in a comment. */
public record Command(CommandHandler handler, CommandArguments arguments) {

    /** The stored name: a conversation has one reply comment for each. */
    public String verb() {
        return handler.verb();
    }

    /** Who may use it. */
    public Permissions.Permission permission() {
        return handler.help().permission();
    }

    /** Whether the answer needs the failed checks of the pull request. */
    public boolean needsChecks() {
        return handler.needsChecks();
    }
}
