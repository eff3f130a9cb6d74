// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import java.util.List;

/** One command: how it is written, who may use it and what it does. Handlers have no state. */
interface CommandHandler {

    /** The name under which it is stored: in the command log and in the thread of its replies. */
    String verb();

    /** The first words that select it; empty for the commands without a verb. */
    default List<String> names() {
        return List.of(verb());
    }

    /** Usage, description and permission. */
    CommandHelp.Entry help();

    /** Executes the command, or says why not. */
    CommandReply handle(CommandCall call);

    /** What distinguishes two requests of this command: the same text within an hour is a repetition. */
    default String identity(CommandCall call) {
        return "";
    }

    /** Whether the answer needs the failed checks of the pull request. */
    default boolean needsChecks() {
        return help().permission() == Permissions.Permission.NOTIFY;
    }
}
