// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One mail.
 *
 * @param subject one line; the same in the whole thread
 * @param id of the mail; the same for each attempt, by which mail programs recognize a duplicate
 * @param parent id of the first mail of the thread; null for the first
 * @param unsubscribe null for none
 */
record EmailMessage(
        String to,
        String subject,
        String text,
        String html,
        String id,
        @Nullable String parent,
        @Nullable String unsubscribe) {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    MimeMessage toMime(Session session, EmailConfig config) throws MessagingException {
        MimeMessage mail = new IdentifiedMessage(session, "<" + id + "@" + config.domain() + ">");
        mail.setFrom(new InternetAddress(config.from()));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject((parent == null ? "" : "Re: ") + subject, UTF_8);
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("List-Id", "ci-notify <ci-notify." + config.domain() + ">");
        if (parent != null) {
            mail.setHeader("In-Reply-To", "<" + parent + "@" + config.domain() + ">");
            mail.setHeader("References", "<" + parent + "@" + config.domain() + ">");
        }
        if (unsubscribe != null) {
            mail.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, UTF_8);
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, UTF_8, "html");
        mail.setContent(new MimeMultipart("alternative", plain, rich));
        mail.saveChanges();
        return mail;
    }

    /** Keeps its id when it is saved. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
