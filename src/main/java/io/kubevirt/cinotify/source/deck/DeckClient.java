// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.HttpClients;
import io.kubevirt.cinotify.http.RetryAfter;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobListReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Requests the ProwJobs that a deck shows. */
public final class DeckClient implements AutoCloseable {
    private static final String PATH = "prowjobs.js?omit=annotations,labels,decoration_config,pod_spec";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Uncompressed; twenty times the size of two days of ProwJobs of a busy Prow. */
    private static final long MAX_BYTES = 512L << 20;

    private static final int MAX_REDIRECTS = 3;

    private final HttpClient http = HttpClients.connectingWithin(CONNECT_TIMEOUT);
    private final URI deck;
    private final Duration timeout;
    private DeckResponse.Validators confirmed = DeckResponse.Validators.NONE;
    private DeckResponse.Validators fetched = DeckResponse.Validators.NONE;

    /** The timeout limits the response headers, and again the body. */
    public DeckClient(URI deck, Duration timeout) {
        this.deck =
                URI.create(deck + (deck.toString().endsWith("/") ? "" : "/")).resolve(PATH);
        this.timeout = timeout;
    }

    /** Fetches the ProwJobs; false if they are unchanged since the last {@link #confirm}. Blocks. */
    public boolean fetch(ProwJobListReader.ProwJobConsumer consumer) throws DeckException, JournalUnavailableException {
        try {
            DeckResponse response = send(deck, 0);
            try (InputStream body = new BoundedStream(response.response().body(), MAX_BYTES, timeout)) {
                if (response.isOk()) {
                    ProwJobListReader.read(new BoundedStream(response.json(body), MAX_BYTES, timeout), consumer);
                    fetched = response.validators();
                    return true;
                } else if (!response.isNotModified()) {
                    throw new DeckException(
                            "deck " + deck.getHost() + " answered "
                                    + response.response().statusCode(),
                            response.retryAfter(),
                            null);
                }
                return false;
            }
        } catch (IOException e) {
            throw new DeckException(
                    "deck " + deck.getHost() + " returned no ProwJobs: " + RootCause.describe(e), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeckException("interrupted while polling deck", Duration.ZERO, e);
        }
    }

    /** Marks the last response as processed, so that it is not fetched again. */
    void confirm() {
        confirmed = fetched;
    }

    private DeckResponse send(URI address, int redirects) throws IOException, InterruptedException, DeckException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "ci-notify");
        confirmed.etag().ifPresent(etag -> request.header("If-None-Match", etag));
        confirmed.lastModified().ifPresent(time -> request.header("If-Modified-Since", time));
        DeckResponse response = new DeckResponse(http.send(request.build(), BodyHandlers.ofInputStream()));
        URI location = response.redirect().orElse(null);
        if (location == null) {
            return response;
        }
        response.response().body().close();
        if (!isTrustedRedirect(location) || redirects == MAX_REDIRECTS) {
            throw new DeckException(
                    "deck " + deck.getHost() + " redirects to " + hostAndPort(location)
                            + ": if that is correct, configure this URL as the deck",
                    Duration.ZERO,
                    null);
        }
        return send(location, redirects + 1);
    }

    private static String hostAndPort(URI location) {
        if (location.getHost() == null) {
            return "an invalid URL";
        }
        return location.getHost() + (location.getPort() < 0 ? "" : ":" + location.getPort());
    }

    /** Allows the same host only, and never a downgrade from https to http. */
    private boolean isTrustedRedirect(URI location) {
        boolean sameHost = deck.getHost().equalsIgnoreCase(location.getHost());
        boolean sameServer =
                deck.getScheme().equalsIgnoreCase(location.getScheme()) && deck.getPort() == location.getPort();
        return sameHost && (sameServer || "https".equalsIgnoreCase(location.getScheme()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A failed poll, with a message for the operator. */
    public static final class DeckException extends Exception {
        private final Duration retryAfter;

        DeckException(String message, Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        /** The message for the operator; never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The status and headers of a response of deck. */
    record DeckResponse(HttpResponse<InputStream> response) {
        private static final int MAX_PREFIX_BYTES = 100;
        /** For conditional requests. */
        record Validators(Optional<String> etag, Optional<String> lastModified) {
            static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
        }

        boolean isNotModified() {
            return response.statusCode() == HttpURLConnection.HTTP_NOT_MODIFIED;
        }

        boolean isOk() {
            return response.statusCode() == HttpURLConnection.HTTP_OK;
        }

        Optional<URI> redirect() {
            return response.statusCode() / 100 == 3 && !isNotModified()
                    ? headers().firstValue("Location").flatMap(this::resolve)
                    : Optional.empty();
        }

        private Optional<URI> resolve(String location) {
            try {
                return Optional.of(response.uri().resolve(location));
            } catch (IllegalArgumentException invalid) {
                return Optional.empty();
            }
        }

        Validators validators() {
            return new Validators(headers().firstValue("ETag"), headers().firstValue("Last-Modified"));
        }

        Duration retryAfter() {
            return RetryAfter.parse(headers().allValues("Retry-After"));
        }

        /** The JSON document, uncompressed and without the prefix of its JavaScript form, {@code var allBuilds = }. */
        InputStream json(InputStream body) throws IOException {
            boolean gzip = headers().firstValue("Content-Encoding").orElse("").equals("gzip");
            PushbackInputStream in = new PushbackInputStream(gzip ? new GZIPInputStream(body) : body);
            for (int skipped = 0; skipped < MAX_PREFIX_BYTES; skipped++) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("empty response");
                }
                if (next == '<') {
                    throw new IOException("a web page instead of prowjobs.js; check that the URL is the one of deck and"
                            + " needs no login");
                }
                if (next == '{') {
                    in.unread(next);
                    return in;
                }
            }
            throw new IOException("not JSON");
        }

        private HttpHeaders headers() {
            return response.headers();
        }
    }
}
