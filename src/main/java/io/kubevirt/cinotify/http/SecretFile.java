// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** A file with a token, password or key, read for each use: a rotated secret needs no restart. */
public record SecretFile(Path path) {
    /** Minimum delay before a retry that needs an operator to fix something first. */
    public static final Duration OPERATOR_RETRY_DELAY = Duration.ofMinutes(1);

    /** The content without surrounding white space; never empty. */
    public String read() throws UnusableException {
        try {
            String secret = Files.readString(path).strip();
            if (!secret.isEmpty()) {
                Secrets.addContent(secret);
                return secret;
            }
        } catch (IOException e) {
            throw new UnusableException(path, "cannot be read (" + reason(e) + ")");
        }
        throw new UnusableException(path, "is empty");
    }

    /** The file holds no secret. The message is for the operator. */
    public static final class UnusableException extends IOException {
        UnusableException(Path path, String problem) {
            super(path + " " + problem + ": put the secret into it; no restart is needed");
        }

        /** The message for the operator; never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
