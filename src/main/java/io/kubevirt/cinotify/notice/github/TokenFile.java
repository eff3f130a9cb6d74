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
package io.kubevirt.cinotify.notice.github;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A token in a file. It is read for each call, so that a new one counts at once, however it got there. */
final class TokenFile implements Credentials {

    private static final Duration NEW_FILE = Duration.ofMinutes(1);

    private final Path file;

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String header(String org) throws GitHubFailure {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw GitHubFailure.laterForAll(
                    NEW_FILE,
                    "GitHub's token cannot be read from " + file
                            + "; mount the secret there, or name another file with --github-token-path");
        }
        if (token.isEmpty() || token.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
            throw GitHubFailure.laterForAll(
                    NEW_FILE,
                    file + " holds no token of GitHub; put one into it, in one line: it is read again by itself");
        }
        return "Bearer " + token;
    }

    @Override
    public void refused(String org) {
        // It is read again anyway.
    }

    @Override
    public boolean isApp() {
        return false;
    }
}
