// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.JsonRequests;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jboss.logging.Logger;

/**
 * Sends each mail on a connection of its own, so that settings and password may change at any time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
final class SmtpClient {
    private static final Logger LOG = Logger.getLogger(SmtpClient.class);
    private static final int CLOSING = 421;
    private static final int TOO_LARGE = 552;

    private final Supplier<EmailConfig> config;
    private final Function<String, SecretFile> secrets;
    private final Duration timeout;

    /** @param timeout of the connection, and of each response */
    SmtpClient(Supplier<EmailConfig> config, Function<String, SecretFile> secrets, Duration timeout) {
        this.config = config;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    /**
     * Sends a mail to its recipient.
     *
     * @param beforeWrite called once the server is ready to take it
     */
    SendResult send(EmailMessage message, Runnable beforeWrite) {
        EmailConfig now = config.get();
        Session session = Session.getInstance(properties(now.smtp()));
        try {
            MimeMessage mail = message.toMime(session, now);
            Transport transport = session.getTransport("smtp");
            try {
                connect(transport, now.smtp());
                beforeWrite.run();
                return transmit(transport, mail, message.to());
            } finally {
                close(transport);
            }
        } catch (SendException e) {
            return e.result();
        } catch (MessagingException e) {
            return new SendResult.Rejected("the mail cannot be written: " + oneLine(e));
        }
    }

    /** The result is known by then, whatever the server does. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debugf("the mail server did not close the connection (%s)", oneLine(e));
        }
    }

    private Properties properties(EmailConfig.Smtp smtp) {
        boolean startTls = !smtp.security().equals(EmailConfig.Smtp.TLS)
                && !smtp.security().equals(EmailConfig.Smtp.NONE);
        String limit = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", limit);
        properties.setProperty("mail.smtp.timeout", limit);
        properties.setProperty("mail.smtp.writetimeout", limit);
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.user() != null));
        properties.setProperty(
                "mail.smtp.ssl.enable", Boolean.toString(smtp.security().equals(EmailConfig.Smtp.TLS)));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        return properties;
    }

    /** Until then nothing is sent, so each failure is retried. */
    private void connect(Transport transport, EmailConfig.Smtp smtp) throws SendException {
        String server = smtp.host() + ":" + smtp.portNumber();
        try {
            String password = smtp.passwordFile() == null
                    ? null
                    : secrets.apply(smtp.passwordFile()).read();
            transport.connect(smtp.host(), smtp.portNumber(), smtp.user(), password);
        } catch (SecretFile.UnusableException e) {
            throw SendException.of(e);
        } catch (AuthenticationFailedException e) {
            throw new SendException(JsonRequests.operatorMustFix(
                    SendResult.Scope.CHANNEL,
                    server + " rejects the user (" + e.getMessage()
                            + "): check email.smtp.user, and put the password into "
                            + secrets.apply(String.valueOf(smtp.passwordFile())).path()));
        } catch (MailConnectException e) {
            throw new SendException(new SendResult.RetryLater(
                    Duration.ZERO,
                    SendResult.Scope.CHANNEL,
                    server + " cannot be reached: check email.smtp, the network and its policies"));
        } catch (MessagingException e) {
            throw new SendException(new SendResult.RetryLater(
                    Duration.ZERO,
                    SendResult.Scope.CHANNEL,
                    server + " does not take mail (" + oneLine(e)
                            + "): check email.smtp.port and email.smtp.security"));
        }
    }

    private static SendResult transmit(Transport transport, MimeMessage mail, String to) throws MessagingException {
        try {
            transport.sendMessage(mail, mail.getAllRecipients());
            return new SendResult.Sent(mail.getMessageID());
        } catch (MessagingException e) {
            int code = code(e);
            String detail = "the mail server refused the mail to " + to + " (" + oneLine(e) + ")";
            return switch (code / 100) {
                case 4 ->
                    new SendResult.RetryLater(
                            Duration.ZERO,
                            code == CLOSING ? SendResult.Scope.CHANNEL : SendResult.Scope.DESTINATION,
                            detail);
                case 5 ->
                    isOfRecipient(e) || code == TOO_LARGE
                            ? new SendResult.Rejected(detail + ": fix or remove the address in email")
                            : JsonRequests.operatorMustFix(
                                    SendResult.Scope.DESTINATION,
                                    detail + ": let the server accept mail from email.from, or set email.smtp.user");
                // No complete response: the server may have taken it.
                default ->
                    new SendResult.Unknown("no complete response to the mail to " + to + " (" + oneLine(e) + ")");
            };
        }
    }

    /** The code of the response; zero or less without one. The innermost is that of the recipient. */
    private static int code(MessagingException failure) {
        int code = 0;
        for (Exception e = failure; e instanceof MessagingException known; e = known.getNextException()) {
            code = switch (known) {
                case SMTPAddressFailedException recipient -> recipient.getReturnCode();
                case SMTPSenderFailedException sender -> sender.getReturnCode();
                case SMTPSendFailedException other -> other.getReturnCode();
                default -> code;
            };
        }
        return code;
    }

    private static boolean isOfRecipient(MessagingException failure) {
        for (Exception e = failure; e instanceof MessagingException known; e = known.getNextException()) {
            if (known instanceof SMTPAddressFailedException) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(MessagingException failure) {
        StringBuilder words = new StringBuilder();
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException known ? known.getNextException() : null) {
            words.append(words.isEmpty() ? "" : "; ")
                    .append(String.valueOf(e.getMessage()).strip());
        }
        return words.toString().replaceAll("[\\r\\n]+", " ");
    }
}
