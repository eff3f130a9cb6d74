// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.prow.GitHubServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of the GitHub client.
 *
 * @param server whose API it is, also behind a proxy
 * @param endpoints in the order in which they are tried
 * @param dryRun whether writes are only logged
 * @param timeout of one endpoint
 */
public record GitHubClientOptions(
        GitHubServer server,
        List<URI> endpoints,
        Identity identity,
        boolean dryRun,
        Duration timeout,
        InstantSource clock) {
    /** Keeps one operation with its lookups below a minute. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Identity on GitHub. */
    public sealed interface Identity {
        /** The user of a token. */
        record Token(Path file) implements Identity {}

        /** A GitHub App. */
        record App(String id, Path privateKey) implements Identity {}
    }

    /** Copies the endpoints; the API of the server itself if there are none. */
    public GitHubClientOptions {
        endpoints = endpoints.isEmpty() ? List.of(URI.create(server.api())) : List.copyOf(endpoints);
    }

    /** For github.com. */
    public GitHubClientOptions(
            List<URI> endpoints, Identity identity, boolean dryRun, Duration timeout, InstantSource clock) {
        this(GitHubServer.PUBLIC, endpoints, identity, dryRun, timeout, clock);
    }

    Credentials credentials(EndpointFailover ways) {
        return switch (identity) {
            case Identity.Token(Path file) -> new Credentials.Token(file);
            case Identity.App(String id, Path key) -> new AppCredentials(new AppJwtSigner(id, key), ways, clock);
        };
    }

    /** From options: the App if its id is set, otherwise the token; null if neither is set. */
    public static @Nullable Identity identity(
            @Nullable String appId, @Nullable Path privateKey, @Nullable Path tokenFile) {
        if (appId != null && privateKey != null) {
            return new Identity.App(appId, privateKey);
        }
        return tokenFile == null ? null : new Identity.Token(tokenFile);
    }
}
