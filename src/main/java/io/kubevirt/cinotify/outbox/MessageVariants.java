// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.store.MessageForm;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A content as it is said in a certain case. */
final class MessageVariants {

    /** What stands before something that may be there already, where nobody can look. */
    static final String POSSIBLE_DUPLICATE = "(Possibly a repetition.) ";

    private static final String POSSIBLE_DUPLICATE_REASON =
            "ci-notify does not know whether this has been said before, as it was interrupted, and this channel cannot be asked";

    private MessageVariants() {}

    /** What is shown before its people are at work calls nobody. */
    static OutgoingMessage forForm(MessageForm form, OutgoingMessage content) {
        return form == MessageForm.SILENT
                        && content instanceof OutgoingMessage.IncidentMessage(Notification message, List<String> why)
                ? new OutgoingMessage.IncidentMessage(with(null, message.text(), message), why)
                : content;
    }

    /** The same, with the word that it may be there already. */
    static OutgoingMessage asPossibleDuplicate(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification message, List<String> why) ->
                new OutgoingMessage.IncidentMessage(
                        with(message.to(), POSSIBLE_DUPLICATE + message.text(), message),
                        Stream.concat(why.stream(), Stream.of(POSSIBLE_DUPLICATE_REASON))
                                .toList());
            case OutgoingMessage.TextMessage letter ->
                new OutgoingMessage.TextMessage(
                        letter.id(),
                        letter.thread(),
                        letter.channel(),
                        letter.destination(),
                        POSSIBLE_DUPLICATE + letter.title(),
                        letter.markdown(),
                        letter.replaces(),
                        letter.mrkdwn());
        };
    }

    private static Notification with(@Nullable Recipient to, String text, Notification message) {
        return new Notification(
                message.id(), message.kind(), message.decidedAt(), message.at(), message.incident(), to, text);
    }
}
