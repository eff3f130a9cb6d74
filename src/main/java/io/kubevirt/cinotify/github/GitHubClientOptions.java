// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

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
 * @param timeout how long one endpoint may take to answer
 */
public record GitHubClientOptions(
        List<URI> endpoints, Identity identity, boolean dryRun, Duration timeout, InstantSource clock) {

    /** Below a minute for one act with its look-ups. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

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
    public GitHubClientOptions {
        endpoints = endpoints.isEmpty() ? List.of(GITHUB) : List.copyOf(endpoints);
    }

    Credentials credentials(EndpointFailover ways) {
        return switch (identity) {
            case Identity.Token(Path file) -> new TokenCredentials(file);
            case Identity.App(String id, Path key) -> new AppCredentials(new AppJwtSigner(id, key), ways, clock);
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
