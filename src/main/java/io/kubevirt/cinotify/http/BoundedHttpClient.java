// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Sends requests; each takes a bounded time, its answer a bounded space, and none is sent twice. */
public final class BoundedHttpClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_RESPONSE_BYTES = 4 << 20;

    private final HttpClient client;
    private final Duration timeout;

    /** @param patience how long a request and its whole answer may take */
    public BoundedHttpClient(Duration patience) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.compareTo(CONNECT_TIMEOUT) < 0 ? patience : CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.timeout = patience;
    }

    /**
     * Sends a request.
     *
     * @throws SendException if there is no whole answer; as unknown if the request may have been seen
     */
    public HttpResult send(HttpRequest request) throws SendException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, head -> new LimitedBodySubscriber(MAX_RESPONSE_BYTES));
        try {
            HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new HttpResult(
                    response.statusCode(),
                    RetryAfter.parse(response.headers().allValues("Retry-After")),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new SendException(unknownOutcome(request.uri(), "none within " + timeout.toSeconds() + " s"));
        } catch (ExecutionException e) {
            throw new SendException(failure(request.uri(), e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new SendException(unknownOutcome(request.uri(), "we were interrupted"));
        }
    }

    private static SendResult failure(URI uri, Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> unreachable(uri, refused);
            case HttpConnectTimeoutException slow -> unreachable(uri, slow);
            case SSLHandshakeException untrusted -> unreachable(uri, untrusted);
            case UnresolvedAddressException unknown -> unreachable(uri, unknown);
            case IOException other -> unknownOutcome(uri, String.valueOf(other.getMessage()));
            default -> unknownOutcome(uri, cause.toString());
        };
    }

    private static SendResult unreachable(URI uri, Exception cause) {
        String reason = cause.getMessage() == null ? "nobody answers there" : cause.getMessage();
        return new SendResult.RetryLater(
                Duration.ZERO,
                uri.getAuthority() + " cannot be reached (" + reason + "): look at the network, or mend the address");
    }

    private static SendResult unknownOutcome(URI uri, String how) {
        return new SendResult.Unknown("the answer of " + uri.getAuthority() + " was lost (" + how + ")");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
