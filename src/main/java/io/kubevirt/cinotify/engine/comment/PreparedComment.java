// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.Comment;
import java.util.List;

/**
 * A comment with commands, and all that had to be asked of others to answer it.
 *
 * @param delivery the delivery that brought it
 */
record PreparedComment(
        String delivery,
        Comment comment,
        List<Command> commands,
        PullRequestSnapshot snapshot,
        CommandEnvironment environment) {

    PreparedComment {
        commands = List.copyOf(commands);
    }
}
