// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Credentials for the GitHub API. */
interface Credentials {
    /**
     * The Authorization header for the repositories of an organization.
     *
     * @param org an organization or user; empty for none
     */
    String authorizationHeader(String org) throws GitHubException;

    /** GitHub rejected the credentials: do not use a cached token again. */
    void invalidate(String org);

    /** Whether they belong to an App, not to a user. */
    boolean isApp();

    /** A token in a file, which is read for each request, so that a new one takes effect at once. */
    final class Token implements Credentials {
        private static final Duration RETRY_DELAY = Duration.ofMinutes(1);

        private final Path file;

        Token(Path file) {
            this.file = file;
        }

        @Override
        public String authorizationHeader(String org) throws GitHubException {
            String token;
            try {
                token = Secrets.add(Files.readString(file).strip());
            } catch (IOException e) {
                throw GitHubException.retryLaterServiceWide(
                        RETRY_DELAY,
                        "cannot read the GitHub token from " + file
                                + "; mount the secret there, or set --github-token-path");
            }
            if (token.isEmpty() || token.chars().anyMatch(character -> character <= ' ' || character > '~')) {
                throw GitHubException.retryLaterServiceWide(
                        RETRY_DELAY,
                        file + " is not a GitHub token; write the token in one line: it is reloaded automatically");
            }
            return "Bearer " + token;
        }

        @Override
        public void invalidate(String org) {
            // Nothing is cached.
        }

        @Override
        public boolean isApp() {
            return false;
        }
    }
}
