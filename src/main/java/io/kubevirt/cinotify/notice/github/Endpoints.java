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

import io.kubevirt.cinotify.notice.github.GitHubFailure.Kind;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The ways to GitHub, tried in order: usually ghproxy, then GitHub itself. The next is tried when one cannot be reached;
 * when one fails on the way, only if doing it twice does no harm.
 */
final class Endpoints implements AutoCloseable {

    /** A hundred comments of the greatest length. */
    private static final long LARGEST = 16L << 20;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<URI> endpoints;
    private final Duration patience;

    /**
     * @param endpoints in order, at least one
     * @param patience how long one of them may take to answer in whole
     */
    Endpoints(List<URI> endpoints, Duration patience) {
        this.endpoints = List.copyOf(endpoints);
        this.patience = patience;
    }

    /**
     * The first answer that is one.
     *
     * @param authorization the header; empty for none
     */
    GitHubReply send(GitHubRequest request, String authorization) throws GitHubFailure {
        @Nullable GitHubFailure last = null;
        for (URI endpoint : endpoints) {
            boolean another = endpoint != endpoints.getLast();
            try {
                GitHubReply reply = ask(endpoint, request, authorization);
                if (reply.status() < 500 || !another || !request.repeatable()) {
                    return reply;
                }
            } catch (ConnectException | HttpConnectTimeoutException e) {
                last = failure(Kind.LATER, endpoint, "cannot be reached; check --github-endpoint and the network", e);
            } catch (IOException e) {
                if (!request.repeatable()) {
                    throw failure(Kind.UNCLEAR, endpoint, "broke off: " + e.getMessage(), e);
                }
                last = failure(Kind.LATER, endpoint, "broke off: " + e.getMessage(), e);
            }
        }
        throw last == null ? GitHubFailure.refused("no endpoint of GitHub is named") : last;
    }

    private GitHubReply ask(URI endpoint, GitHubRequest request, String authorization) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(trimmed(endpoint) + request.path()))
                .timeout(patience)
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
        HttpResponse<byte[]> answer = await(http.sendAsync(builder.build(), LimitedBody.upTo(LARGEST)));
        return new GitHubReply(answer.statusCode(), answer.headers(), answer.body());
    }

    /** The client's own timeout ends with the headers; this one with the body. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
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

    private static GitHubFailure failure(Kind kind, URI endpoint, String what, Exception cause) {
        return new GitHubFailure(kind, Duration.ZERO, endpoint.getAuthority() + " " + what, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
