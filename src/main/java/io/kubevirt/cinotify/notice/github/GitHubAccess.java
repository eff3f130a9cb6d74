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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How GitHub is reached, and as whom.
 *
 * @param endpoints in the order in which they are tried
 * @param identity as whom
 * @param dryRun whether what would be written is logged instead
 * @param patience how long one endpoint may take to answer
 */
public record GitHubAccess(
        List<URI> endpoints, Identity identity, boolean dryRun, Duration patience, InstantSource clock) {

    /** Below a minute for one act with its look-ups. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /** GitHub itself. */
    public static final URI GITHUB = URI.create("https://api.github.com");

    /** As whom GitHub is asked. */
    public sealed interface Identity {

        /** Whoever a token is for. */
        record Token(Path file) implements Identity {}

        /** A GitHub App. */
        record App(String id, Path privateKey) implements Identity {}
    }

    /** Copies the endpoints; GitHub itself if there are none. */
    public GitHubAccess {
        endpoints = endpoints.isEmpty() ? List.of(GITHUB) : List.copyOf(endpoints);
    }

    Credentials credentials(Endpoints ways) {
        return switch (identity) {
            case Identity.Token(Path file) -> new TokenFile(file);
            case Identity.App(String id, Path key) -> new AppCredentials(new AppKey(id, key), ways, clock);
        };
    }

    /** From options: an App where its id is given, else a token; null if neither is. */
    public static @Nullable Identity identity(
            @Nullable String appId, @Nullable Path privateKey, @Nullable Path tokenFile) {
        if (appId != null && privateKey != null) {
            return new Identity.App(appId, privateKey);
        }
        return tokenFile == null ? null : new Identity.Token(tokenFile);
    }
}
