// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Sentences that several answers share. People are named in code, so that nobody is called. */
final class ReplyText {

    private final MarkdownReply reply;

    ReplyText(MarkdownReply sheet) {
        this.reply = sheet;
    }

    /** Who is told, when and as what. */
    String notified(IncidentActions.Opened raised, Instant now) {
        Recipient to = raised.recipient();
        List<String> parts = new ArrayList<>();
        if (to.handle() == null || to.level() == null) {
            parts.add("nobody of the group works for it, so only the channel is told");
        } else {
            String person = reply.code(to.handle()) + " (" + to.level().title() + ")";
            parts.add(
                    to.isDeferredAt(now)
                            ? person + " is told at " + reply.moment(to.at()) + ", when they are at work"
                                    + (to.channelAtOnce() ? "; the channel knows it now" : "")
                            : person + " is told now");
        }
        if (to.sigPerson() != null) {
            parts.add("and of the SIG " + reply.code(to.sigPerson()));
        }
        return String.join(", ", parts) + ", as incident " + reply.code(raised.incident());
    }

    /** An incident in a line. */
    String incident(IncidentView view) {
        StringBuilder line = new StringBuilder(reply.code(view.id()))
                .append(" ")
                .append(reply.escape(view.title()))
                .append(", ")
                .append(view.state().value())
                .append(" since ")
                .append(reply.moment(view.openedAt()));
        if (view.acknowledgedBy() != null) {
            line.append(", ").append(reply.code(view.acknowledgedBy())).append(" sees to it");
        } else if (view.responsible() != null) {
            line.append(", with ").append(reply.code(view.responsible()));
        }
        if (view.snoozedUntil() != null) {
            line.append(", quiet until ").append(reply.moment(view.snoozedUntil()));
        }
        return line.toString();
    }

    /** Commands with each of the words, for those who slipped. */
    String commands(String before, List<String> words) {
        return words.stream().map(word -> reply.code(before + word)).collect(Collectors.joining(", "));
    }

    /** Names in a row. */
    String names(List<String> names) {
        return names.stream().map(reply::code).collect(Collectors.joining(", "));
    }
}
