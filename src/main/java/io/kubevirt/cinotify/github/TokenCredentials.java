// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A token in a file. It is read for each call, so that a new one counts at once, however it got there. */
final class TokenCredentials implements Credentials {

    private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

    private final Path file;

    TokenCredentials(Path file) {
        this.file = file;
    }

    @Override
    public String authorizationHeader(String org) throws GitHubException {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw GitHubException.retryLaterServiceWide(
                    RETRY_DELAY,
                    "GitHub's token cannot be read from " + file
                            + "; mount the secret there, or name another file with --github-token-path");
        }
        if (token.isEmpty() || token.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
            throw GitHubException.retryLaterServiceWide(
                    RETRY_DELAY,
                    file + " holds no token of GitHub; put one into it, in one line: it is read again by itself");
        }
        return "Bearer " + token;
    }

    @Override
    public void invalidate(String org) {
        // It is read again anyway.
    }

    @Override
    public boolean isApp() {
        return false;
    }
}
