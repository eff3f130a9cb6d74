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
package io.kubevirt.cinotify.notice.http;

import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
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
public final class Server implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 4 << 20;

    private final HttpClient client;
    private final Duration patience;

    /** @param patience how long a request and its whole answer may take */
    public Server(Duration patience) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.compareTo(CONNECTING) < 0 ? patience : CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.patience = patience;
    }

    /**
     * Sends a request.
     *
     * @throws Failed if there is no whole answer; as unknown if the request may have been seen
     */
    public Answer send(HttpRequest request) throws Failed {
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, head -> new FirstBytes(LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    RetryAfter.of(response.headers().allValues("Retry-After")),
                    new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new Failed(lost(request.uri(), "none within " + patience.toSeconds() + " s"));
        } catch (ExecutionException e) {
            throw new Failed(broken(request.uri(), e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failed(lost(request.uri(), "we were interrupted"));
        }
    }

    private static Receipt broken(URI uri, Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> unreachable(uri, refused);
            case HttpConnectTimeoutException slow -> unreachable(uri, slow);
            case SSLHandshakeException untrusted -> unreachable(uri, untrusted);
            case UnresolvedAddressException unknown -> unreachable(uri, unknown);
            case IOException other -> lost(uri, String.valueOf(other.getMessage()));
            default -> lost(uri, cause.toString());
        };
    }

    private static Receipt unreachable(URI uri, Exception cause) {
        String reason = cause.getMessage() == null ? "nobody answers there" : cause.getMessage();
        return new Receipt.Later(
                Duration.ZERO,
                uri.getAuthority() + " cannot be reached (" + reason + "): look at the network, or mend the address");
    }

    private static Receipt lost(URI uri, String how) {
        return new Receipt.Unknown("the answer of " + uri.getAuthority() + " was lost (" + how + ")");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
