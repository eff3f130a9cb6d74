/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice;

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
    public static final Duration MENDING = Duration.ofMinutes(1);

    /**
     * What the file holds now, without the space around it.
     *
     * @throws Failed if it cannot be read or holds nothing; it may work later
     */
    public String read() throws Failed {
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

    private Failed unusable(String how) {
        return new Failed(new Receipt.Later(
                MENDING,
                Receipt.Scope.CHANNEL,
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
