// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.github.GitHubException.Kind;
import io.kubevirt.cinotify.github.GitHubRequest.Effect;
import io.kubevirt.cinotify.http.HttpClients;
import io.kubevirt.cinotify.http.LimitedBodySubscriber;
import io.kubevirt.cinotify.prow.GitHubServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints of GitHub, tried in order: usually ghproxy, then GitHub itself. The next one is tried if an endpoint is unreachable; after other
 * failures only if the request creates nothing.
 */
final class EndpointFailover implements AutoCloseable {
    /** A hundred comments of maximum length. */
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final Set<Integer> REDIRECTS = Set.of(301, 307, 308);
    private static final int MAX_REDIRECTS = 2;

    private final HttpClient http = HttpClients.connectingWithin(CONNECT_TIMEOUT);
    private final GitHubServer server;
    private final List<URI> endpoints;
    private final Duration timeout;

    /**
     * @param server whose redirects are followed, also if only a proxy of its API is among the endpoints
     * @param endpoints in order, at least one
     * @param timeout of a whole response of one endpoint
     */
    EndpointFailover(GitHubServer server, List<URI> endpoints, Duration timeout) {
        this.server = server;
        this.endpoints = List.copyOf(endpoints);
        this.timeout = timeout;
    }

    /**
     * Sends a request to the first endpoint that responds.
     *
     * @param authorization the header; empty for none
     */
    GitHubResponse send(GitHubRequest request, String authorization) throws GitHubException {
        @Nullable GitHubException last = null;
        for (URI endpoint : endpoints) {
            boolean another = endpoint != endpoints.getLast();
            try {
                GitHubResponse reply = follow(endpoint, request, authorization);
                if (reply.status() < 500 || !another || request.effect() == Effect.CREATES) {
                    return requireNothingPending(request, reply, last);
                }
                last = failure(request.lost(), endpoint, "failed (" + reply.status() + ")", null);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                GitHubException unreachable = failure(
                        Kind.RETRY_LATER, endpoint, "is unreachable; check --github-endpoint and the network", e);
                last = last == null ? unreachable : last;
            } catch (IOException e) {
                last = failure(request.lost(), endpoint, "closed the connection: " + e.getMessage(), e);
                if (request.effect() == Effect.CREATES) {
                    throw last;
                }
            }
        }
        throw last == null ? GitHubException.rejected("no GitHub endpoint is configured") : last;
    }

    /** An earlier endpoint may still carry the request out, after a newer one, whatever the last one answers. */
    private static GitHubResponse requireNothingPending(
            GitHubRequest request, GitHubResponse reply, @Nullable GitHubException earlier) throws GitHubException {
        if (earlier != null && earlier.kind() == Kind.OUTCOME_UNKNOWN) {
            throw new GitHubException(
                    Kind.OUTCOME_UNKNOWN,
                    Duration.ZERO,
                    request + ": answered with " + reply.status() + ", but an earlier endpoint may still write it: "
                            + earlier.explanation(),
                    earlier);
        }
        return reply;
    }

    /**
     * Follows redirects of renamed and transferred repositories, with method and body: a redirected request was not processed. The new path is
     * requested from the same endpoint, so the token stays there. 302 is not among them: it reports whether a user is a member.
     *
     * @see <a href="https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects">GitHub's
     *     documentation</a>
     */
    private GitHubResponse follow(URI endpoint, GitHubRequest request, String authorization) throws IOException {
        GitHubRequest next = request;
        GitHubResponse reply = sendTo(endpoint, next, authorization);
        for (int followed = 0; followed < MAX_REDIRECTS && REDIRECTS.contains(reply.status()); followed++) {
            Optional<String> path = reply.header("Location").flatMap(this::trustedPath);
            if (path.isEmpty()) {
                return reply;
            }
            next = next.at(path.get());
            reply = sendTo(endpoint, next, authorization);
        }
        return reply;
    }

    /** The path below an endpoint or GitHub itself, with query; empty for any other server. */
    private Optional<String> trustedPath(String location) {
        try {
            String target = URI.create(location).toString();
            return Stream.concat(endpoints.stream(), Stream.of(URI.create(server.api())))
                    .map(EndpointFailover::trimmed)
                    .filter(trusted -> target.startsWith(trusted + "/"))
                    .map(trusted -> target.substring(trusted.length()))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private GitHubResponse sendTo(URI endpoint, GitHubRequest request, String authorization) throws IOException {
        if (!request.isRead()) {
            request.beforeWrite().run();
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(trimmed(endpoint) + request.path()))
                .timeout(timeout)
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .header("User-Agent", "ci-notify");
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        if (request.etag() != null) {
            builder.header("If-None-Match", request.etag());
        }
        if (request.body() == null) {
            builder.method(request.method(), BodyPublishers.noBody());
        } else {
            builder.header("Content-Type", "application/json")
                    .method(
                            request.method(),
                            BodyPublishers.ofString(request.body().toString()));
        }
        HttpResponse<byte[]> answer =
                await(http.sendAsync(builder.build(), LimitedBodySubscriber.failingAbove(MAX_RESPONSE_BYTES)));
        return new GitHubResponse(answer.statusCode(), answer.headers(), answer.body());
    }

    /** The timeout of the client covers only the headers; this one covers the body. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no complete response within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String trimmed(URI endpoint) {
        String address = endpoint.toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static GitHubException failure(Kind kind, URI endpoint, String what, @Nullable Exception cause) {
        return new GitHubException(kind, Duration.ZERO, endpoint.getAuthority() + " " + what, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
