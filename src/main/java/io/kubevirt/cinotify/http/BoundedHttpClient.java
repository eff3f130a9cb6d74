// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;

/** Sends each request exactly once, with a limit on the time it takes and on the size of its response. */
public final class BoundedHttpClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_RESPONSE_BYTES = 4 << 20;

    private final HttpClient client;
    private final Duration timeout;

    /** The timeout limits a request and its complete response. */
    public BoundedHttpClient(Duration timeout) {
        this.client = HttpClients.connectingWithin(timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT);
        this.timeout = timeout;
    }

    /** @throws RequestFailedException if there is no complete response */
    public HttpResult send(HttpRequest request) throws RequestFailedException {
        return send(request, body -> new String(body, StandardCharsets.UTF_8));
    }

    /**
     * @param text of a body
     * @throws RequestFailedException if there is no complete response
     */
    public HttpResult send(HttpRequest request, Function<byte[], String> text) throws RequestFailedException {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, LimitedBodySubscriber.truncatingAt(MAX_RESPONSE_BYTES));
        try {
            HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpResult(
                    response.statusCode(),
                    RetryAfter.parse(response.headers().allValues("Retry-After")),
                    text.apply(response.body()));
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw responseLost(request.uri(), "timed out after " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure(request.uri(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw responseLost(request.uri(), "interrupted");
        }
    }

    private static RequestFailedException failure(URI uri, Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> unreachable(uri, refused);
            case HttpConnectTimeoutException slow -> unreachable(uri, slow);
            case SSLHandshakeException untrusted -> unreachable(uri, untrusted);
            case UnresolvedAddressException unknown -> unreachable(uri, unknown);
            case IOException other -> responseLost(uri, String.valueOf(other.getMessage()));
            default -> responseLost(uri, cause.toString());
        };
    }

    private static RequestFailedException unreachable(URI uri, Exception cause) {
        String reason = Objects.requireNonNullElse(cause.getMessage(), "connection failed");
        return new RequestFailedException(
                false, server(uri) + " cannot be reached (" + reason + "): check the network and the address");
    }

    private static RequestFailedException responseLost(URI uri, String reason) {
        return new RequestFailedException(true, "no complete response from " + server(uri) + " (" + reason + ")");
    }

    /** Without a user and password. */
    private static String server(URI uri) {
        String authority = String.valueOf(uri.getRawAuthority());
        return authority.substring(authority.indexOf('@') + 1);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** A request without a complete response. The message is for the operator. */
    public static final class RequestFailedException extends Exception {
        private final boolean maybeProcessed;

        public RequestFailedException(boolean maybeProcessed, String message) {
            super(message, null, false, false);
            this.maybeProcessed = maybeProcessed;
        }

        /** The message for the operator; never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        /** True if the server may have processed the request; false if the request certainly did not reach it. */
        public boolean maybeProcessed() {
            return maybeProcessed;
        }
    }
}
