// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.Recipient;
import java.time.Instant;

/**
 * One command to execute.
 *
 * @param actions opens and changes incidents, in the transaction of the reply
 */
record CommandCall(
        CommandArguments arguments, CommandContext context, CommandEnvironment environment, IncidentActions actions) {

    MarkdownReply newReply() {
        return new MarkdownReply(environment.markup(), context.comment());
    }

    String author() {
        return context.comment().author();
    }

    Conversation conversation() {
        return context.conversation();
    }

    Instant now() {
        return context.now();
    }

    ConversationIncidents incidents() {
        return new ConversationIncidents(context);
    }

    TargetResolver.Target find(String word) {
        return environment.targets().find(word);
    }

    /** Who would be notified now. */
    Recipient recipient(Diagnosis diagnosis) {
        return environment.recipients().resolve(diagnosis, true, now());
    }
}
