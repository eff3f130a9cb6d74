// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file with a token, a password or a key. It is small and read anew for each use, so that a rotated one is picked up by
 * the next message.
 */
public record SecretFile(Path path) {

    /** How long to wait at least for an operator to mend what only an operator can. */
    public static final Duration OPERATOR_RETRY_DELAY = Duration.ofMinutes(1);

    /**
     * What the file holds now, without the space around it.
     *
     * @throws io.kubevirt.cinotify.notify.SendException if it cannot be read or holds nothing; it may work later
     */
    public String read() throws SendException {
        try {
            String secret = Files.readString(path).strip();
            if (secret.isEmpty()) {
                throw unusable("is empty");
            }
            return secret;
        } catch (IOException e) {
            throw unusable("cannot be read (" + reason(e) + ")");
        }
    }

    private SendException unusable(String how) {
        return new SendException(new SendResult.RetryLater(
                OPERATOR_RETRY_DELAY,
                SendResult.Scope.CHANNEL,
                path + " " + how + ": put the secret into it; it is read again by itself"));
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
